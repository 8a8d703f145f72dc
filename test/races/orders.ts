/**
 * All orders of two requests' calls in which each is interrupted once at most: one begins, the other goes on after `i` calls of the first, the first after `j` calls
 * of the second. What a race breaks, it breaks in few interruptions (Musuvathi and Qadeer, "Iterative context bounding", PLDI 2007).
 *
 * @param a - how many calls the first request makes when it is alone.
 */
export const orders = (a: number, b: number): readonly string[] => {
  const found = new Set<string>();
  for (let i = 0; i <= a; i++) {
    for (let j = 0; j <= b; j++) {
      found.add('A'.repeat(i) + 'B'.repeat(j) + 'A'.repeat(a - i) + 'B'.repeat(b - j));
      found.add('B'.repeat(j) + 'A'.repeat(i) + 'B'.repeat(b - j) + 'A'.repeat(a - i));
    }
  }
  return [...found];
};
