import type { Conversation, EntryBatch, Message } from 'signalrchat';
import { chat } from '../state/chat.svelte';
import { keep, kept } from '../state/kept';
import { isLobby, titleOf } from '../state/names';
import { say } from '../strings';
import { router } from './router.svelte';

const key = 'chat.notify';
const soundKey = 'chat.sound';

/** Time for another tab or device, where it is being read, to say so. */
const grace = 1_000;

/** What this device shows and plays of messages that nobody looks at. Both are off until the user turns them on. */
class Notifications {
  permission = $state(globalThis.Notification?.permission ?? 'unavailable');
  wanted = $state(kept(key) === 'on');
  sound = $state(kept(soundKey) === 'on');
  readonly on = $derived(this.wanted && this.permission === 'granted');

  /** Only ever from a click: whoever is asked out of the blue says no. */
  async turn(on: boolean): Promise<void> {
    if (on && this.permission === 'default') this.permission = await Notification.requestPermission();
    this.wanted = on && this.permission === 'granted';
    keep(key, this.wanted ? 'on' : null);
  }

  turnSound(on: boolean): void {
    this.sound = on;
    keep(soundKey, on ? 'on' : null);
  }

  /** Listens until the function it returns is called. */
  begin(): () => void {
    return chat.client.on('entries', (batch) => {
      const message = batch.entries.findLast((entry) => entry.kind === 'message' && isForMe(batch, entry));
      if (message?.kind === 'message' && (this.on || this.sound)) setTimeout(() => this.#tell(batch.conversation, message), grace);
    });
  }

  #tell(id: string, message: Message): void {
    const row = chat.conversations.get(id);
    if (!row || row.readSeq >= message.seq || chat.phase !== 'in' || isSeen(id)) return;
    if (this.sound) chime();
    if (!this.on) return;
    try {
      // One of each conversation: the next takes the place of the last.
      const shown = new Notification(titleOf(row), {
        body: say.announceOne(chat.people.nameOf(message.author), (message.text ?? '').slice(0, 200)),
        tag: id,
        icon: '/icon.svg',
      });
      shown.onclick = () => {
        window.focus();
        router.go(id);
        shown.close();
      };
    } catch {
      // Some browsers show them for installed pages only.
    }
  }
}

const isSeen = (id: string) => !document.hidden && document.hasFocus() && router.place.conversation === id;

function isForMe(batch: EntryBatch, message: Message): boolean {
  const me = chat.me;
  const row = chat.conversations.get(batch.conversation);
  if (!row || row.muted || me.presenceChoice === 'doNotDisturb') return false;
  if (message.author.user === me.user || chat.people.blocked.has(message.author.user)) return false;
  return !isPublic(row) || !!message.mentions?.some((person) => person.user === me.user);
}

/** Where everybody may speak, only what names one is worth a disturbance. */
const isPublic = (row: Conversation) => isLobby(row) || row.name !== undefined;

let sounding: AudioContext | undefined;

/** One at a time. Where the browser lets nothing sound yet, the first waits for all of them. */
function chime(): void {
  if (sounding) return void sounding.resume();
  const audio = new AudioContext();
  sounding = audio;
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.setValueAtTime(0.12, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.35);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.35);
  tone.onended = () => {
    sounding = undefined;
    void audio.close();
  };
}

export const notifications = new Notifications();
