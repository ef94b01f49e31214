import ICAL from 'ical.js';

export interface CalendarEvent {
  uid: string;
  summary: string;
  description: string;
  location: string;
  status: string;
  sequence: number;
  start: Date;
  end: Date;
}

/** The events of an iCalendar file, as another program understands them. Throws on what is no calendar. */
export function parseCalendar(text: string): CalendarEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, summary, description, location, startDate, endDate } = new ICAL.Event(component);
    const status = String(component.getFirstPropertyValue('status'));
    const sequence = Number(component.getFirstPropertyValue('sequence') ?? 0);
    return {
      uid,
      summary,
      description,
      location,
      status,
      sequence,
      start: startDate.toJSDate(),
      end: endDate.toJSDate(),
    };
  });
}
