import { expand, type FoundWant, type PortFormat, serves, type Variables } from '../port-format.ts';

/** `compose.yaml`: the ports of the host that its services publish (Compose Specification, ports). */
export const compose: PortFormat = {
  id: 'compose',
  names: 'compose.yaml, docker-compose.yml',
  covers: (name) => /^(?:docker-)?compose(?:\.[\w-]+)*\.ya?ml$/.test(name),
  read: async (text, variables) => {
    const { LineCounter, isCollection, isMap, isPair, isScalar, parseDocument } =
      await import('yaml');
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    const services = document.get('services');
    if (!isMap(services)) return [];
    return services.items.flatMap((pair) => {
      const name = isPair(pair) && isScalar(pair.key) ? String(pair.key.value) : null;
      const ports = isMap(pair.value) ? pair.value.get('ports', true) : null;
      if (name === null || !isCollection(ports)) return [];
      return ports.items.flatMap((item): FoundWant[] => {
        const value: unknown = isScalar(item) ? item.value : isMap(item) ? item.toJSON() : null;
        const at = isScalar(item) || isMap(item) ? item.range?.[0] : undefined;
        const line = at === undefined ? null : lines.linePos(at).line;
        return published(value, variables).map((one) =>
          serves({ ...one, line, what: `service ${name}`, service: name }),
        );
      });
    });
  },
};

type Published = Pick<FoundWant, 'port' | 'address' | 'transport'>;

const published = (value: unknown, variables: Variables): readonly Published[] => {
  if (typeof value === 'string') return shortSyntax(expand(value, variables));
  if (typeof value !== 'object' || value === null) return [];
  const field = (name: string): string | null => {
    const found: unknown = Reflect.get(value, name);
    return typeof found === 'string' || typeof found === 'number'
      ? expand(String(found), variables)
      : null;
  };
  return ports(field('published') ?? '', field('host_ip'), field('protocol'));
};

/** `[HOST:]HOST_PORTS:PORTS[/PROTOCOL]`; without a port of the host the engine takes any. */
const shortSyntax = (text: string): readonly Published[] => {
  const [, address, range = '', protocol] =
    /^(?:(\[[\da-fA-F:]+\]|[\d.]+):)?(\d+(?:-\d+)?):\d+(?:-\d+)?(?:\/(\w+))?$/.exec(text) ?? [];
  return ports(range, address?.replace(/^\[|\]$/g, '') ?? null, protocol ?? null);
};

const mostPorts = 1_000;

const ports = (
  range: string,
  address: string | null,
  protocol: string | null,
): readonly Published[] => {
  const [, first, last = first] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(range) ?? [];
  if (first === undefined) return [];
  const count = Math.min(mostPorts, Number(last) - Number(first) + 1);
  return Array.from({ length: Math.max(0, count) }, (_, index) => ({
    port: Number(first) + index,
    address: address ?? '0.0.0.0',
    transport: protocol === 'udp' ? 'udp' : 'tcp',
  }));
};
