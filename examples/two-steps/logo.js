/** Shows the picture that the parameter `clientLogo` names. */
function logo(context) {
  const image = document.createElement("img");
  return {
    init() {
      image.src = context.custom.getParams().clientLogo;
      image.alt = "";
      image.height = 48;
      return image;
    },
    getValue() {
      return image.src;
    },
  };
}
