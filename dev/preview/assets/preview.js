// @ts-nocheck The tsconfig of the repository knows no browser; with "lib": ["DOM"] this file has no error.

// Shows the page anew when it is another: the server tells its version.
const main = document.querySelector("main[data-version]");
if (main !== null) {
  new EventSource("/events").addEventListener("message", ({ data }) => {
    if (data !== main.getAttribute("data-version")) {
      location.reload();
    }
  });
}
