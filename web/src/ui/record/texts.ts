import { texts } from '../texts';
import { en } from './en';
import { zh } from './zh';

/** The texts of pieces about records: fields, cells, attributes, the timeline. */
export const useRecordText = texts('record', zh, en).use;
