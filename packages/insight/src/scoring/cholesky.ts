/**
 * The lower triangle L of a symmetric positive definite matrix, L Lᵀ = `matrix`, in the place of its own lower
 * triangle (row after row, `size` numbers each). Cholesky's method: Golub, Van Loan, "Matrix Computations", 4.2.
 */
export function* factorise(matrix: Float64Array, size: number): Generator<void, void> {
  for (let row = 0; row < size; row++) {
    if (row % 32 === 0) yield
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column] as number
      for (let index = 0, one = row * size, other = column * size; index < column; index++)
        sum -= (matrix[one + index] as number) * (matrix[other + index] as number)
      matrix[row * size + column] =
        row === column
          ? Math.sqrt(Math.max(sum, Number.EPSILON))
          : sum / (matrix[column * size + column] as number)
    }
  }
}

/** The x of L Lᵀ x = `right`. */
export function solve(factor: Float64Array, right: Float64Array): Float64Array {
  const size = right.length
  const x = right.slice()
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++)
      x[row]! -= (factor[row * size + column] as number) * (x[column] as number)
    x[row]! /= factor[row * size + row] as number
  }
  for (let row = size - 1; row >= 0; row--) {
    x[row]! /= factor[row * size + row] as number
    for (let column = 0; column < row; column++)
      x[column]! -= (factor[row * size + column] as number) * (x[row] as number)
  }
  return x
}
