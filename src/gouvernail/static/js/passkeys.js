// Passkeys: asks the server for a challenge, the browser for an answer, and sends the form.
// <form data-passkey="get|create" data-options="address"> with a hidden field "credential".
(function () {
  "use strict";
  function tell(form, shown) {
    var message = form.querySelector("[data-passkey-error]");
    if (message) { message.hidden = !shown; }
  }
  async function ask(form) {
    tell(form, false);
    try {
      var answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
      if (!answer.ok) { throw new Error("no challenge"); }
      var options = await answer.json();
      var credential = await window.webauthnJSON[form.dataset.passkey](options);
      form.elements.namedItem("credential").value = JSON.stringify(credential);
      form.submit();
    } catch (refused) {
      tell(form, true);
    }
  }
  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    if (!window.PublicKeyCredential || !window.webauthnJSON) { return; }
    form.hidden = false;
    form.addEventListener("submit", function (event) { event.preventDefault(); ask(form); });
  });
})();
