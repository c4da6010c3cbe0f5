// Starts Wagtail's widgets from data attributes, in place of inline scripts: see pages/admin/inline_scripts.py.
class SiteStart extends window.StimulusModule.Controller {
  static values = { function: String, arguments: Array, targetId: String };

  connect() {
    if (this.started) return;
    this.started = true;
    const id = this.targetIdValue || this.element.id;
    const start = window[this.functionValue];
    // Choosers are classes, named with a capital letter; the fields for dates and times are started by functions.
    if (/^[A-Z]/.test(this.functionValue)) new start(id, ...this.argumentsValue);
    else start(id, ...this.argumentsValue);
  }
}

class SiteInlinePanel extends window.StimulusModule.Controller {
  static values = { options: Object };

  connect() {
    if (this.started) return;
    this.started = true;
    new window.InlinePanel(this.optionsValue);
  }
}

// Not before the scripts of all widgets have been read.
document.addEventListener("DOMContentLoaded", () => {
  window.wagtail.app.register("site-start", SiteStart);
  window.wagtail.app.register("site-inline-panel", SiteInlinePanel);
});
