import { DatePicker, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { Fragment } from 'react';
import { useUiText } from '../own-texts';
import { useInLang } from '../texts';
import { Facts } from '../Page';
import { useAttributeText, type Attribute, type Attributes } from './attributes';
import { Field } from './Field';

/** The attributes of a record as facts, the trade's first, then whatever else it carries. */
export function AttributeFacts({ types, values, columns = 1 }: { types: Attribute[]; values: Attributes | undefined; columns?: 1 | 2 | 3 }) {
  const say = useAttributeText();
  const pick = useInLang();
  const known = types.map((a) => ({ label: pick(a.label) || a.name, value: say(a, values?.[a.name]) }));
  const others = Object.keys(values ?? {}).filter((name) => !types.some((a) => a.name === name)).sort();
  return <Facts columns={columns} items={[...known, ...others.map((name) => ({ label: name, value: say(undefined, values?.[name]) }))]} />;
}

/** Inputs for the attributes of a kind. */
export function AttributeFields({ types, values, onChange, errors }: { types: Attribute[]; values: Attributes; onChange: (values: Attributes) => void; errors: Record<string, string> }) {
  const pick = useInLang();
  const put = (name: string, value: unknown) => {
    const rest = Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
    onChange(value === undefined || value === null || value === '' ? rest : { ...rest, [name]: value });
  };
  return (
    <Fragment>
      {types.map((a) => (
        <Field key={a.name} label={pick(a.label) || a.name} optional={!a.required} error={errors[`attributes.${a.name}`]}>
          <AttributeInput type={a} value={values[a.name]} onChange={(v) => put(a.name, v)} />
        </Field>
      ))}
    </Fragment>
  );
}

function AttributeInput({ type, value, onChange, ...rest }: { type: Attribute; value: unknown; onChange: (value: unknown) => void; id?: string }) {
  const t = useUiText();
  const pick = useInLang();
  const text = value === undefined || value === null ? undefined : String(value);
  switch (type.type) {
    case 'number':
      return <InputNumber {...rest} style={{ width: '100%' }} value={typeof value === 'number' ? value : null} {...(type.min !== undefined && { min: type.min })} {...(type.max !== undefined && { max: type.max })} onChange={onChange} />;
    case 'bool':
      return <Select {...rest} allowClear value={value as boolean | undefined} onChange={onChange} options={[{ value: true, label: t('yes') }, { value: false, label: t('no') }]} />;
    case 'date':
      return <DatePicker {...rest} style={{ width: '100%' }} value={text ? dayjs(text) : null} onChange={(at) => onChange(at?.format('YYYY-MM-DD'))} />;
    case 'datetime':
      return <DatePicker {...rest} showTime style={{ width: '100%' }} value={text ? dayjs(text) : null} onChange={(at) => onChange(at?.toISOString())} />;
    case 'choice':
      return <Select {...rest} allowClear value={text} onChange={onChange} options={type.values.map((v) => ({ value: v.code, label: pick(v.name) || v.code }))} />;
    case 'list':
      return <Select {...rest} mode="tags" value={Array.isArray(value) ? value : []} onChange={onChange} open={false} />;
    default:
      return <Input {...rest} value={text ?? ''} onChange={(e) => onChange(e.target.value)} maxLength={500} />;
  }
}
