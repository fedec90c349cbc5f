import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { Report, ReportPart } from '../../../libs/bundle/index.js';

/** DejaVu, embedded: names in Latin, Greek, Cyrillic and other scripts print as they are written. */
const FONTS = createRequire(import.meta.url);
const PLAIN = FONTS.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const BOLD = FONTS.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');
const MARGIN = 56;
const LABEL_WIDTH = 130;
/** The two lines of each page that are written when all pages are there: the marking at the top and the foot, with the page's number. */
const HEAD = 24;

/** What is drawn before others have their turn: a few milliseconds' worth. */
const STEPS_AT_ONCE = 20;

type Document = InstanceType<typeof PDFDocument>;
/** Counts what is drawn, a row or a page, and waits where others have a turn. */
type Step = () => Promise<void>;

/**
 * The report as a PDF (A4), its marking at the head and foot of every page. A report of thousands of exhibits takes seconds to draw:
 * whatever else this process is asked for is answered meanwhile.
 */
export async function reportPdf(report: Report): Promise<Uint8Array> {
  const document = new PDFDocument({ size: 'A4', margins: { top: MARGIN + HEAD, bottom: MARGIN + HEAD, left: MARGIN, right: MARGIN }, bufferPages: true, lang: 'en-GB', displayTitle: true, info: { Title: report.title, Creator: 'Concordat', Subject: report.marking } });
  const pieces: Buffer[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    document.on('data', (piece: Buffer) => pieces.push(piece));
    document.once('end', () => resolve(Buffer.concat(pieces)));
    document.once('error', reject);
  });
  document.font(BOLD).fontSize(18).text(printable(report.title));
  const step = stepping();
  for (const part of report.parts) await writePart(document, part, step);
  await markPages(document, report.marking, step);
  document.end();
  return whole;
}

function stepping(): Step {
  let steps = 0;
  return async () => {
    steps += 1;
    if (steps % STEPS_AT_ONCE === 0) await setImmediate();
  };
}

async function writePart(document: Document, { heading, sentences, rows }: ReportPart, step: Step): Promise<void> {
  keepTogether(document, 60);
  document.moveDown(1.2).font(BOLD).fontSize(12).text(printable(heading), MARGIN).moveDown(0.4);
  document.font(PLAIN).fontSize(9);
  for (const sentence of sentences) document.text(printable(sentence), MARGIN).moveDown(0.3);
  for (const row of rows) {
    writeRow(document, row);
    await step();
  }
}

function writeRow(document: Document, [label, value]: ReportPart['rows'][number]): void {
  const width = document.page.width - 2 * MARGIN - LABEL_WIDTH;
  const [name, said] = [printable(label), printable(value)];
  document.font(BOLD).fontSize(9);
  const labelHeight = document.heightOfString(name, { width: LABEL_WIDTH - 10 });
  document.font(PLAIN);
  const height = Math.max(labelHeight, document.heightOfString(said, { width }));
  keepTogether(document, height);
  const top = document.y;
  document.font(BOLD).text(name, MARGIN, top, { width: LABEL_WIDTH - 10 });
  document.font(PLAIN).text(said, MARGIN + LABEL_WIDTH, top, { width });
  document.x = MARGIN;
  // A value that is longer than a page goes on over the next, and what follows it goes on there.
  if (document.y < top + height && height < document.page.height / 2) document.y = top + height;
  document.y += 3;
}

/** A heading stands with what follows it, a label with its value. */
function keepTogether(document: Document, height: number): void {
  const bottom = document.page.height - MARGIN - HEAD;
  if (document.y + height > bottom && height < bottom - MARGIN) document.addPage();
}

async function markPages(document: Document, marking: string, step: Step): Promise<void> {
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page);
    // Otherwise a line below the margin begins a page of its own.
    const { bottom } = document.page.margins;
    document.page.margins.bottom = 0;
    document.font(BOLD).fontSize(9);
    const line = { width: document.page.width - 2 * MARGIN, align: 'center', lineBreak: false } as const;
    document.text(printable(marking), MARGIN, MARGIN - 12, line);
    document.text(`${printable(marking)} · ${page + 1} of ${count}`, MARGIN, document.page.height - MARGIN, line);
    document.page.margins.bottom = bottom;
    await step();
  }
}

/** What a PDF's line can carry; controls that change the order of letters would make it read as something else. */
function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, ' ');
}
