import { useQuery } from '@tanstack/react-query';
import { Select, TreeSelect } from 'antd';
import { useMemo, useState } from 'react';
import { read, type Schema } from '@/api';
import { useUiText } from './own-texts';
import { useInLang } from './texts';

type Unit = Schema<'Unit'>;

/** The units the reader sees, with what a page asks of them. */
export function useUnits() {
  const found = useQuery({ ...read('/api/v1/units'), staleTime: 300_000 });
  return useMemo(() => {
    const all = found.data?.items ?? [];
    const byID = new Map(all.map((unit) => [unit.id, unit]));
    return {
      all,
      get: (id: string | undefined) => (id ? byID.get(id) : undefined),
      name: (id: string | undefined) => (id ? (byID.get(id)?.name ?? '') : ''),
      /** The unit's zone, its own or inherited; undefined: the organization's. */
      zone: (id: string | undefined) => {
        for (let at = id ? byID.get(id) : undefined; at; at = at.parent ? byID.get(at.parent) : undefined) if (at.zone) return at.zone;
        return undefined;
      },
    };
  }, [found.data]);
}

interface Branch {
  value: string;
  title: string;
  children: Branch[];
}

function treeOf(units: Unit[]): Branch[] {
  const branches = new Map(units.map((u) => [u.id, { value: u.id, title: u.name, children: [] } as Branch]));
  const top: Branch[] = [];
  for (const unit of units) {
    const branch = branches.get(unit.id);
    if (branch) (branches.get(unit.parent ?? '')?.children ?? top).push(branch);
  }
  return top;
}

interface PickProps {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  placeholder?: string;
  allowClear?: boolean;
  id?: string;
  style?: React.CSSProperties;
  variant?: 'outlined' | 'borderless';
  'aria-label'?: string;
}

/** One unit of the tree. */
export function UnitPick({ value, onChange, placeholder, allowClear = true, ...rest }: PickProps) {
  const t = useUiText();
  const { all } = useUnits();
  const tree = useMemo(() => treeOf(all), [all]);
  return (
    <TreeSelect
      {...rest}
      aria-label={rest['aria-label'] ?? placeholder ?? t('pickUnit')}
      value={value || undefined}
      onChange={(id: string | undefined) => onChange(id || undefined)}
      placeholder={placeholder ?? t('pickUnit')}
      allowClear={allowClear}
      showSearch={{ treeNodeFilterProp: 'title' }}
      treeDefaultExpandAll
      treeData={tree}
      popupMatchSelectWidth={280}
    />
  );
}

/** One member of staff, found by name. */
export function StaffPick({ value, onChange, placeholder, allowClear = true, unit, ...rest }: PickProps & { unit?: string | undefined }) {
  const t = useUiText();
  const [text, setText] = useState('');
  const found = useQuery({ ...read('/api/v1/staff', { params: { query: { limit: 50, ...(text && { text }), ...(unit && { unit }) } } }), placeholderData: (before) => before });
  const chosen = useQuery({ ...read('/api/v1/staff/{id}', { params: { path: { id: value ?? '' } } }), enabled: Boolean(value), staleTime: 300_000 });
  const options = (found.data?.items ?? []).map((s) => ({ value: s.id, label: s.name }));
  if (chosen.data && !options.some((o) => o.value === value)) options.unshift({ value: chosen.data.id, label: chosen.data.name });
  return (
    <Select
      {...rest}
      aria-label={rest['aria-label'] ?? placeholder ?? t('pickStaff')}
      value={value || undefined}
      onChange={(id: string | undefined) => onChange(id || undefined)}
      placeholder={placeholder ?? t('pickStaff')}
      allowClear={allowClear}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      options={options}
      popupMatchSelectWidth={220}
    />
  );
}

/** So many members of staff are known by one request. */
const directory = { limit: 500, inactive: true };

/** The name of a member of staff. */
export function StaffName({ id }: { id: string | undefined }) {
  const all = useQuery({ ...read('/api/v1/staff', { params: { query: directory } }), staleTime: 300_000, enabled: Boolean(id) });
  const known = all.data?.items.find((s) => s.id === id)?.name;
  const found = useQuery({ ...read('/api/v1/staff/{id}', { params: { path: { id: id ?? '' } } }), enabled: Boolean(id) && !known && all.isFetched, staleTime: 300_000 });
  return <>{id ? (known ?? found.data?.name ?? '') : null}</>;
}

/** The trade's word for a thing of ours, e.g. `contact` → 业户; the fallback where it has none. */
export function useWord(): (word: string, fallback: string) => string {
  const found = useQuery({ ...read('/api/v1/words'), staleTime: 3_600_000 });
  const pick = useInLang();
  return (word, fallback) => pick(found.data?.words[word]) || fallback;
}
