/** Scores of members and non-members as ranks among all distinct values: what resampling need not sort again. */
interface Levels {
  /** distinct scores, ascending */
  values: Float64Array;
  /** for each text the index of its score */
  members: Int32Array;
  nonMembers: Int32Array;
}

/** How many members and non-members have each score. */
export interface LevelCounts {
  members: Int32Array;
  nonMembers: Int32Array;
}

/** @throws RangeError where a side is empty or a score is no number */
export function levelsOf(members: Float64Array, nonMembers: Float64Array): Levels {
  for (const [name, scores] of Object.entries({members, nonMembers})) {
    if (scores.length === 0) throw new RangeError(`expected scores of ${name}, got none`);
    if (scores.some(Number.isNaN)) throw new RangeError(`expected scores of ${name} to be numbers, got NaN`);
  }
  const all = new Float64Array(members.length + nonMembers.length);
  all.set(members);
  all.set(nonMembers, members.length);
  all.sort();
  const values = all.filter((value, i) => i === 0 || value !== all[i - 1]);
  const place = (value: number) => {
    let low = 0;
    for (let high = values.length; low < high;) {
      const middle = (low + high) >> 1;
      if (values[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {values, members: Int32Array.from(members, place), nonMembers: Int32Array.from(nonMembers, place)};
}

/** Counts by score. */
export function countLevels({values, members, nonMembers}: Levels): LevelCounts {
  const counts = {members: new Int32Array(values.length), nonMembers: new Int32Array(values.length)};
  for (const level of members) counts.members[level]++;
  for (const level of nonMembers) counts.nonMembers[level]++;
  return counts;
}
