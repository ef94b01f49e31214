import ICAL from 'ical.js';

export interface CalendarEvent {
  uid: string;
  summary: string;
  description: string;
  location: string;
  status: string;
  start: Date;
  end: Date;
}

/** The events of an iCalendar file, as another program understands them. Throws on what is no calendar. */
export function parseCalendar(text: string): CalendarEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, summary, description, location, startDate, endDate } = new ICAL.Event(component);
    const status = String(component.getFirstPropertyValue('status'));
    return { uid, summary, description, location, status, start: startDate.toJSDate(), end: endDate.toJSDate() };
  });
}
