// Reloads the page when the site was rebuilt. Only `placewise serve` adds this script.
(function () {
  "use strict";
  var tag = document.querySelector("script[data-placewise-version]");
  var version = tag ? tag.getAttribute("data-placewise-version") : "";
  var session = "";
  var source = null;
  var timer = 0;

  function close() {
    clearTimeout(timer);
    if (source) {
      source.close();
      source = null;
    }
  }

  function told(event) {
    var parts = event.data.split(" ");
    var restarted = session !== "" && parts[0] !== session;
    session = parts[0];
    if (restarted || parts[1] !== version) {
      close();
      // A reload, unlike a new visit, keeps the place on the page.
      location.reload();
    }
  }

  function open() {
    // Browsers allow six connections to one server: hidden pages must not use them up.
    if (source || document.hidden) {
      return;
    }
    source = new EventSource("/__placewise/events");
    source.addEventListener("hello", told);
    source.addEventListener("reload", told);
    source.onerror = function () {
      // A lost connection is opened again by the browser, a refused one is not.
      if (source && source.readyState === EventSource.CLOSED) {
        close();
        timer = setTimeout(open, 1000);
      }
    };
  }

  document.addEventListener("visibilitychange", function () {
    if (document.hidden) {
      close();
    } else {
      open();
    }
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
})();
