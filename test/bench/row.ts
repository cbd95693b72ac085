/** One measured figure, beside its limit or its peer's figure where there is one. */
export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  limit?: {value: number; sense: ">=" | "<="};
  note?: string;
}
