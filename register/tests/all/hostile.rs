//! Files that were made to break whoever reads them.

use std::io::{Cursor, Write as _};

use register::import::{COLUMNS_MAX, ROWS_MAX, Raw, of_bytes};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

/// A workbook with this inside of its sheet, and these shared texts.
fn book(properties: &str, inside: &str, shared: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let workbook = format!(
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{properties}<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{inside}</worksheet>"#
    );
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", shared),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const NO_TEXTS: &str =
    r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>"#;
const HEAD: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>No</t></is></c></row>"#;

fn rows(inside: &str) -> Vec<u8> {
    book("", &format!("<sheetData>{HEAD}{inside}</sheetData>"), NO_TEXTS)
}

#[track_caller]
fn refused(bytes: &[u8], expected: &str) {
    let why = format!("{:#}", of_bytes(bytes, None, 1).unwrap_err());
    assert!(why.contains(expected), "{why}");
}

#[track_caller]
fn first_cell(bytes: &[u8]) -> Raw {
    of_bytes(bytes, None, 1).unwrap().rows[0].cells[0].clone()
}

#[test]
fn an_archive_that_grows_without_end_is_not_kept() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let zeros = vec![b' '; 8 * 1024 * 1024];
    for name in ["xl/a.xml", "xl/b.xml"] {
        zip.start_file(name, options).unwrap();
        for _ in 0..40 {
            zip.write_all(&zeros).unwrap();
        }
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 2 * 1024 * 1024, "{}", bytes.len());
    refused(&bytes, "unpacked it has more than");
}

#[test]
fn texts_that_are_promised_and_not_there_take_no_memory() {
    let shared = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="99999999999999"/>"#;
    refused(&book("", &format!("<sheetData>{HEAD}</sheetData>"), shared), "promises more than");
}

#[test]
fn places_far_away_take_no_memory() {
    refused(&rows(r#"<row r="2"><c r="XFD2"><v>1</v></c></row>"#), "columns");
    refused(&rows(r#"<row r="1048576"><c r="A1048576"><v>1</v></c></row>"#), "rows");
    refused(
        &rows(r#"<row r="3"><c r="A3"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>"#),
        "order",
    );
    let far = r#"<row r="2"><c r="ZZZZZZZZZZZZ2"><v>1</v></c></row>"#;
    assert!(of_bytes(&rows(far), None, 1).is_err());
    let indices = r#"<row r="2"><c r="A2"><f t="shared" si="99999999999999999" ref="A2:A9">1</f><v>1</v></c></row>"#;
    assert_eq!(first_cell(&rows(indices)), Raw::Number(1.into()));
}

#[test]
fn a_formula_counts_as_what_was_worked_out_last() {
    let of =
        |inside: &str| first_cell(&rows(&format!(r#"<row r="2"><c r="A2">{inside}</c></row>"#)));
    assert_eq!(of("<f>1+1</f><v>2</v>"), Raw::Number(2.into()));
    assert!(matches!(of("<f>1+1</f>"), Raw::Bad(why) if why.contains("formula")));
    let error = r#"<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>"#;
    assert!(matches!(first_cell(&rows(error)), Raw::Bad(why) if why.contains("error")));
}

#[test]
fn dates_are_counted_as_the_workbook_counts() {
    let of = |properties: &str, serial: &str| {
        let row = format!(
            r#"<sheetData>{HEAD}<row r="2"><c r="A2" s="1"><v>{serial}</v></c></row></sheetData>"#
        );
        first_cell(&book(properties, &row, NO_TEXTS))
    };
    let is = |raw: Raw, expected: &str| match raw {
        Raw::Date(at) => assert_eq!(at.to_string(), expected),
        other => panic!("{other:?}"),
    };
    is(of("", "46083"), "2026-03-02 00:00:00");
    is(of("", "46083.670138888891"), "2026-03-02 16:05:00");
    is(of("", "61"), "1900-03-01 00:00:00");
    is(of(r#"<workbookPr date1904="1"/>"#, "44621"), "2026-03-02 00:00:00");
    for serial in ["60", "0", "-5", "2958466", "1e300"] {
        assert!(matches!(of("", serial), Raw::Bad(_)), "{serial}");
    }
}

#[test]
fn text_files_have_limits() {
    let wide = vec!["a"; COLUMNS_MAX + 1].join(",");
    refused(wide.as_bytes(), "columns");
    let million = ",".repeat(1_000_000);
    refused(million.as_bytes(), "columns");
    let long = format!("a\n\"{}\"\n", "x".repeat(70_000));
    let sheet = of_bytes(long.as_bytes(), None, 1).unwrap();
    assert!(matches!(&sheet.rows[0].cells[0], Raw::Bad(why) if why.contains("70000 bytes")));
    let many = "a\n".repeat(usize::try_from(ROWS_MAX).unwrap() + 1);
    refused(many.as_bytes(), "rows");
    refused(b"a,b\n\xff\xfe,1\n", "UTF-8");
    refused(b"\xff\xfea\0", "UTF-16");
    refused(b"\0\0\0\0", "no text");
    refused(b"", "heads");
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old kind");
    refused(b"PK\x03\x04 and nothing else", "no workbook");
}

#[test]
fn any_bytes_are_a_sheet_or_refused() {
    let whole = rows(r#"<row r="2"><c r="A2"><v>1</v></c></row>"#);
    for cut in (0..whole.len()).step_by(7) {
        let _ = of_bytes(&whole[..cut], None, 1);
        let mut bent = whole.clone();
        bent[cut] ^= 0x55;
        let _ = of_bytes(&bent, None, 1);
    }
}
