// The telephone button of the rich text editor: chooses a line of the contacts registry and puts its number into the text, as one
// piece that cannot be edited. The server half is pages/contacts/rich_text.py.
(() => {
  const { React, DraftJS, draftail } = window;

  class PhoneSource extends draftail.ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.contactLineChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: (line) => this.insert(line) },
      };
    }

    insert({ key, number }) {
      const { editorState, entityType, onComplete } = this.props;
      const content = editorState.getCurrentContent().createEntity(entityType.type, "IMMUTABLE", { key, number });
      const entity = content.getLastCreatedEntityKey();
      const replaced = DraftJS.Modifier.replaceText(content, editorState.getSelection(), number, null, entity);
      this.workflow.close();
      onComplete(DraftJS.EditorState.push(editorState, replaced, "insert-characters"));
    }
  }

  function Phone({ entityKey, contentState, children }) {
    const { key } = contentState.getEntity(entityKey).getData();
    const title = `Telephone line "${key}". Its number stands in the contacts registry.`;
    return React.createElement("span", { className: "phone-entity", title }, children);
  }

  draftail.registerPlugin({ type: "PHONE", source: PhoneSource, decorator: Phone }, "entityTypes");
})();
