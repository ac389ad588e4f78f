//! How things look. Colour is never the only sign.

/// The style sheet. Every name begins with `rp-`, so that several drawings and their page get along.
pub(crate) const STYLE: &str = "\
.rp-sheet{fill:#fff}\
.rp-text{font-family:Helvetica,Arial,'Liberation Sans','Noto Sans',sans-serif;fill:#1b1f24}\
.rp-heading{font-size:18px;font-weight:bold}\
.rp-title{font-size:14px;font-weight:bold}\
.rp-strong{font-size:12px;font-weight:bold}\
.rp-step{font-size:12px;font-weight:bold;fill:#8a3b00}\
.rp-plain{font-size:11px;fill:#4a525b}\
.rp-band{fill:#f4f6f8;stroke:#d5dbe1}\
.rp-over{paint-order:stroke;stroke:#f4f6f8;stroke-width:5;stroke-linejoin:round}\
.rp-box{fill:#fff;stroke:#57606a;stroke-width:1.5}\
.rp-end{fill:#eef7ef;stroke:#2f6f3a;stroke-width:1.5}\
.rp-inner{fill:none;stroke:#2f6f3a}\
.rp-outside{stroke-dasharray:2 3}\
.rp-dot{fill:#1b1f24}\
.rp-line{fill:none;stroke:#57606a;stroke-width:1.5}\
.rp-tip{fill:#57606a}\
.rp-up .rp-line{stroke:#7a2e8e}\
.rp-up .rp-tip{fill:#7a2e8e}\
.rp-time .rp-line{stroke-dasharray:6 4}\
.rp-taken .rp-line{stroke:#b35900;stroke-width:3.5}\
.rp-taken .rp-tip{fill:#b35900}\
.rp-taken .rp-box,.rp-taken .rp-end{stroke:#b35900;stroke-width:3}\
.rp-faint{opacity:.42}\
@media (prefers-color-scheme:dark){\
.rp-sheet{fill:#14181d}\
.rp-text{fill:#e8ecf0}\
.rp-step{fill:#ffb066}\
.rp-plain{fill:#b6bfc9}\
.rp-band{fill:#1c2229;stroke:#343d47}\
.rp-over{stroke:#1c2229}\
.rp-box{fill:#232a32;stroke:#9aa5b1}\
.rp-end{fill:#1e3023;stroke:#79c487}\
.rp-inner{stroke:#79c487}\
.rp-dot{fill:#e8ecf0}\
.rp-line{stroke:#9aa5b1}\
.rp-tip{fill:#9aa5b1}\
.rp-up .rp-line{stroke:#d49be3}\
.rp-up .rp-tip{fill:#d49be3}\
.rp-taken .rp-line{stroke:#ff9d42}\
.rp-taken .rp-tip{fill:#ff9d42}\
.rp-taken .rp-box,.rp-taken .rp-end{stroke:#ff9d42}\
}\
@media print{\
.rp-sheet,.rp-box,.rp-end{fill:#fff}\
.rp-band{fill:none;stroke:#888}\
.rp-over{stroke:#fff}\
.rp-text,.rp-plain,.rp-step{fill:#000}\
.rp-box,.rp-end,.rp-inner,.rp-line{stroke:#000}\
.rp-tip,.rp-dot{fill:#000}\
}";
