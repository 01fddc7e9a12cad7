export { ask, type DataOf, type Schema } from './client';
export { newQueryClient, read, readPages, useStale, type ItemOf } from './query';
export { useWrite, type Write } from './write';
export { faultsByField, inLang, messagesOf, ownProblem, problemOf, RequestFailed, type Lang, type Text } from './problem';
export { may, SessionContext, useMay, useMe, type Me, type Permission } from './session';
export { door, reachable, tryNow } from './transport';
export { signal, useSignal, type Signal } from './signal';
export { useLive, type Hint } from './live';
export { upload, uploadFor, uploadLines } from './upload';
