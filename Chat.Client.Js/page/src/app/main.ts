import '../design/tokens.css';
import '../design/base.css';
import { mount } from 'svelte';
import { chat } from '../state/chat.svelte';
import { say } from '../strings';
import App from './App.svelte';
import { aboveKeyboard } from './above-keyboard';

document.documentElement.lang = say.language;
document.documentElement.dir = say.direction;
aboveKeyboard();
mount(App, { target: document.body });
void chat.start();
