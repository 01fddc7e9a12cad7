import { ApartmentOutlined } from '@ant-design/icons';
import { UnitPick, useQueryState, useUnits } from '@/ui';
import { useText } from './texts';

/**
 * The unit that lists are narrowed to: `?unit=` in the address, which every
 * list understands. Nothing to choose where there is one unit only.
 */
export function UnitSwitch() {
  const t = useText();
  const [query, change] = useQueryState();
  const units = useUnits();
  if (units.all.length < 2) return <span className="hf-unit">{units.all[0]?.name}</span>;
  return (
    <span className="hf-unit">
      <ApartmentOutlined aria-hidden />
      <UnitPick aria-label={t('unit.switch')} placeholder={t('unit.all')} value={query.unit} onChange={(unit) => change({ unit })} variant="borderless" style={{ width: 190 }} />
    </span>
  );
}
