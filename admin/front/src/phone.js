// SIP over a WebSocket: the phone on the page.
import JsSIP from "jssip";

export default JsSIP;
