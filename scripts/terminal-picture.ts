import { readFileSync } from 'node:fs';

/* Draws what a program wrote to a terminal as an SVG: `FORCE_COLOR=1 homeport … | node
 * scripts/terminal-picture.ts '$ homeport …' > docs/images/….svg`. Escape codes other than colours
 * are not for pictures. */

const cell = { width: 8.4, height: 19 };
const margin = 18;

type Style = { readonly colour: string; readonly bold: boolean };

const plain: Style = { colour: '#d5d9e0', bold: false };

const colours: Readonly<Record<number, string>> = {
  30: '#5c6370',
  31: '#ef7077',
  32: '#8fce78',
  33: '#e5c07b',
  34: '#61afef',
  35: '#c78ae0',
  36: '#56c8d8',
  37: '#d5d9e0',
  90: '#7f8794',
};

const main = (): void => {
  const [prompt] = process.argv.slice(2);
  const text = readFileSync(0, 'utf8').trimEnd();
  const lines = [...(prompt === undefined ? [] : [prompt, '']), ...text.split('\n')];
  process.stdout.write(picture(lines));
};

const picture = (lines: readonly string[]): string => {
  const columns = Math.max(...lines.map((line) => line.replaceAll(/\u001b\[[\d;]*m/g, '').length));
  const width = Math.ceil(columns * cell.width + 2 * margin);
  const height = lines.length * cell.height + 2 * margin;
  const rows = lines.map((line, at) => row(line, margin + (at + 0.75) * cell.height));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" rx="8" fill="#1b1f27"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve">
${rows.join('\n')}
</g>
</svg>
`;
};

const row = (line: string, y: number): string => {
  let style = plain;
  let column = 0;
  const spans: string[] = [];
  for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
    const codes = /^\u001b\[([\d;]*)m$/.exec(part)?.[1];
    if (codes !== undefined) style = codes.split(';').map(Number).reduce(restyled, style);
    else if (part !== '') {
      spans.push(span(part, column, style));
      column += Array.from(part).length;
    }
  }
  return `<text y="${y}">${spans.join('')}</text>`;
};

const restyled = (style: Style, code: number): Style => {
  if (code === 0) return plain;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, colour: '#7f8794' };
  if (code === 22)
    return { colour: style.colour === '#7f8794' ? plain.colour : style.colour, bold: false };
  return { ...style, colour: colours[code] ?? plain.colour };
};

const span = (text: string, column: number, { colour, bold }: Style): string => {
  const weight = bold ? ' font-weight="bold"' : '';
  const length = (Array.from(text).length * cell.width).toFixed(1);
  const x = (margin + column * cell.width).toFixed(1);
  return `<tspan x="${x}" textLength="${length}" fill="${colour}"${weight}>${escaped(text)}</tspan>`;
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

main();
