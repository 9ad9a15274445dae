/** Check boxes for what its one parameter names, separated by commas; the value is the list of those that are checked. */
function checklist(context) {
  const list = document.createElement("div");
  return {
    init() {
      const [items = ""] = Object.values(context.custom.getParams());
      for (const item of items.split(",").filter(Boolean)) {
        const label = document.createElement("label");
        const box = document.createElement("input");
        box.type = "checkbox";
        box.value = item.trim();
        label.append(box, ` ${item.trim()}`);
        list.append(label, document.createElement("br"));
      }
      return list;
    },
    getValue() {
      return [...list.querySelectorAll("input:checked")].map((box) => box.value);
    },
  };
}
