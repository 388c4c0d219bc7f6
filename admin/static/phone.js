// The phone in the browser: registers with a pass of some minutes, calls, sends keys, shows levels.
"use strict";
(() => {
  const page = document.getElementById("phone");
  if (!page) return;
  const JsSIP = window.Pressline_phone.default;
  const words = JSON.parse(page.dataset.words);
  const find = (id) => document.getElementById(id);
  const number = find("number"), call = find("call"), hangUp = find("hang-up"), mute = find("mute");
  const AT = "pressline.invalid"; // the gateway looks at the pass, not at the address
  const REASONS = { 403: "forbidden", 404: "unknown", 480: "failed", 486: "busy", 488: "unlike", 503: "full", 600: "busy" };
  let agent = null, session = null, microphone = null, renewal = 0, clock = 0, stale = false;
  let fresh = true; // the number stands there from before: the first key begins another

  const show = (state) => { find("state").textContent = words[state]; page.dataset.state = state; };
  const complain = (name) => { find("fault").hidden = !name; find("fault").textContent = name ? words[name] : ""; };

  function buttons() {
    const registered = Boolean(agent && agent.isRegistered());
    call.disabled = Boolean(session) || !registered;
    hangUp.disabled = !session;
    mute.disabled = !session;
    if (!session) show(registered ? "ready" : "connecting");
  }

  // Signs in with a new pass; the one before goes on for a call that is still there.
  async function signIn() {
    clearTimeout(renewal);
    if (session) { stale = true; return; }
    stale = false;
    let given;
    try { given = await Pressline.send(page.dataset.pass); } catch (fault) {
      show("away");
      renewal = setTimeout(signIn, 10000);
      return;
    }
    agent?.stop();
    const mine = agent = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(page.dataset.url)], uri: `sip:${given.user}@${AT}`,
      authorization_user: given.user, password: given.secret, register_expires: given.seconds,
      session_timers: false, connection_recovery_max_interval: 15,
    });
    mine.on("registered", buttons);
    mine.on("unregistered", () => { if (mine === agent) buttons(); });
    mine.on("disconnected", () => { if (mine === agent && !session) { buttons(); show("away"); } });
    mine.on("registrationFailed", () => {
      if (mine !== agent) return;
      buttons();
      clearTimeout(renewal);
      renewal = setTimeout(signIn, 5000);
    });
    mine.start();
    renewal = setTimeout(signIn, given.seconds * 800);
  }

  async function microphoneOrNull() {
    if (!window.isSecureContext || !navigator.mediaDevices) { complain("insecure"); return null; }
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
    } catch (fault) {
      complain(fault.name === "NotFoundError" ? "no_microphone" : "refused");
      return null;
    }
  }

  async function dial(event) {
    event.preventDefault();
    complain("");
    const wanted = number.value.replace(/[\s()./-]/g, "");
    if (!/^[0-9*#+]{1,20}$/.test(wanted)) { complain("no_number"); number.focus(); return; }
    call.disabled = true;
    microphone = await microphoneOrNull();
    if (!microphone || !agent?.isRegistered()) { letGo(); return; }
    find("keyed").textContent = "";
    find("steps")?.replaceChildren();
    show("calling");
    session = agent.call(`sip:${encodeURIComponent(wanted)}@${AT}`, {
      mediaStream: microphone, pcConfig: { iceServers: [] }, rtcOfferConstraints: { offerToReceiveVideo: false },
      eventHandlers: {
        progress: () => show("ringing"), confirmed: talking, ended: () => over(""),
        failed: (end) => over(end.originator === "local" && end.cause === "Canceled" ? "" : REASONS[end.message?.status_code] || "failed"),
      },
    });
    session.connection.addEventListener("track", (came) => hear(came.streams[0] || new MediaStream([came.track])));
    buttons();
    hangUp.focus();
  }

  function talking() {
    show("talking");
    const began = Date.now();
    clock = setInterval(() => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      find("time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }, 500);
  }

  function over(fault) {
    session = null;
    fresh = true;
    letGo();
    if (fault) complain(fault); else find("state").textContent = words.over;
    if (document.activeElement === document.body || document.activeElement === hangUp) call.focus();
    if (stale) signIn();
  }

  function letGo() {
    clearInterval(clock);
    find("time").textContent = "";
    microphone?.getTracks().forEach((track) => track.stop());
    microphone = null;
    levels.stop();
    mute.setAttribute("aria-pressed", "false");
    mute.textContent = words.mute;
    buttons();
  }

  function hear(stream) {
    find("sound").srcObject = stream;
    levels.start({ you: microphone, they: stream });
  }

  // How loud both sides are, ten times a second.
  const levels = (() => {
    let context = null, timer = 0;
    function start(streams) {
      stop();
      context = new AudioContext();
      const heard = Object.entries(streams).map(([id, stream]) => {
        const analyser = context.createAnalyser();
        context.createMediaStreamSource(stream).connect(analyser);
        return [find(id), analyser, new Float32Array(analyser.fftSize)];
      });
      timer = setInterval(() => heard.forEach(([meter, analyser, wave]) => {
        analyser.getFloatTimeDomainData(wave);
        const power = Math.sqrt(wave.reduce((sum, each) => sum + each * each, 0) / wave.length);
        meter.value = Math.min(1, Math.sqrt(power) * 1.5);
      }), 100);
    }
    function stop() {
      clearInterval(timer);
      context?.close();
      context = null;
      find("you").value = find("they").value = 0;
    }
    return { start, stop };
  })();

  function press(key) {
    if (!session) { number.value = fresh ? key : number.value + key; fresh = false; return; }
    if (!session.isEstablished()) return;
    session.sendDTMF(key, { duration: 100, interToneGap: 70 });
    find("keyed").textContent = `${find("keyed").textContent || `${words.keyed}: `}${key}`;
  }

  function switchMute() {
    const muted = mute.getAttribute("aria-pressed") !== "true";
    session[muted ? "mute" : "unmute"]({ audio: true });
    mute.setAttribute("aria-pressed", muted);
    mute.textContent = muted ? words.muted : words.mute;
  }

  // The steps of this call, for those who may see calls: what is over, and the one that runs.
  function follow() {
    Pressline.live(["calls"], async (_, news) => {
      const mine = session && (news.calls || []).find((each) => each.number === page.dataset.number);
      if (!mine) return;
      let over;
      try { over = (await Pressline.send(page.dataset.steps.replace("CALL", mine.call), {}, "GET")).steps; } catch { return; }
      const now = mine.step ? [{ place: `${mine.flow}: ${mine.step}`, detail: words.running }] : [];
      if (session && over.length + now.length) find("steps").replaceChildren(...over.map(line), ...now.map(line));
    });
  }

  function line(step) {
    const item = document.createElement("li"), place = document.createElement("strong"), detail = document.createElement("p");
    place.textContent = step.place;
    detail.textContent = step.detail;
    item.append(place, detail);
    return item;
  }

  find("dial").addEventListener("submit", dial);
  number.addEventListener("input", () => { fresh = false; });
  hangUp.addEventListener("click", () => session?.terminate());
  mute.addEventListener("click", switchMute);
  page.querySelectorAll("[data-key]").forEach((button) => button.addEventListener("click", () => press(button.dataset.key)));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey;
    if (session && !typing && /^[0-9*#]$/.test(event.key)) { event.preventDefault(); press(event.key); }
  });
  window.addEventListener("pagehide", () => { session?.terminate(); agent?.stop(); });
  if (!window.isSecureContext) complain("insecure");
  if (page.dataset.steps) follow();
  signIn();
})();
