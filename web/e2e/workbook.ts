import { inflateRawSync } from 'node:zlib';

/** The files of a ZIP by name. */
function unpack(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let i = zip.readUInt16LE(end + 10); i > 0; i--) {
    const [method, size, name, extra, comment] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const raw = zip.subarray(from, from + size);
    files.set(zip.toString('utf8', at + 46, at + 46 + name), (method === 8 ? inflateRawSync(raw) : raw).toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return files;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function textOf(xml: string): string {
  return [...xml.matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g)].map((found) => found[1]).join('')
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex: string, ten: string, name: string) => (name ? (entities[name] ?? '') : String.fromCodePoint(parseInt(hex || ten, hex ? 16 : 10))));
}

/** What stands in the cells of a workbook's sheet, row by row; empty cells are left out. */
export function cellsOf(workbook: Buffer, sheet = 1): (string | number)[] {
  const files = unpack(workbook);
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map((found) => textOf(found[1] ?? ''));
  return [...(files.get(`xl/worksheets/sheet${sheet}.xml`) ?? '').matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].flatMap(([, head = '', body = '']) => {
    const value = /<v>([^<]*)<\/v>/.exec(body)?.[1];
    const said = /t="s"/.test(head) ? shared[Number(value)] : /<is>/.test(body) ? textOf(body) : value !== undefined && !/t="(?:str|e|b)"/.test(head) ? Number(value) : value;
    return said === undefined || said === '' ? [] : [said];
  });
}
