
export { useAttributeText, useKinds, type Attribute } from './attributes';
export { AttributeFacts, AttributeFields } from './Attributes';
export { Cell } from './Cell';
export { Field, useDraft } from './Field';
export { History } from './History';
