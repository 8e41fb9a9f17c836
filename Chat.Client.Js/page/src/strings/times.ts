import { say } from './index';

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

export const timeOf = (time: number) => clock.format(time);
export const fullTimeOf = (time: number) => full.format(time);

/** Equal for two times of one local day. */
export function dayNumber(time: number): number {
  const date = new Date(time);
  return date.getFullYear() * 10_000 + date.getMonth() * 100 + date.getDate();
}

export function dayOf(time: number): string {
  const away = daysAgo(time);
  if (away === 0) return say.today;
  if (away === 1) return say.yesterday;
  return new Date(time).getFullYear() === new Date().getFullYear() ? day.format(time) : dayAndYear.format(time);
}

/** As short as a list needs it: the time today, the weekday this week, else the date. */
export function briefly(time: number): string {
  const away = daysAgo(time);
  if (away === 0) return clock.format(time);
  return away < 7 ? weekday.format(time) : short.format(time);
}

export function ago(time: number): string {
  const minutes = Math.round((time - Date.now()) / 60_000);
  if (minutes > -60) return relative.format(Math.min(0, minutes), 'minute');
  if (minutes > -24 * 60) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / 60 / 24), 'day');
}

/** What the clock says in a time zone; null where there is no such zone. */
export function timeIn(timeZone: string): string | null {
  try {
    return new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit', timeZone }).format(Date.now());
  } catch {
    return null;
  }
}

function daysAgo(time: number): number {
  const midnight = (of: number) => new Date(of).setHours(0, 0, 0, 0);
  return Math.round((midnight(Date.now()) - midnight(time)) / 86_400_000);
}
