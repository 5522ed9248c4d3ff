using System.Globalization;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>The length of a value as canonical JSON, which is what budgets count.</summary>
internal static class ValueSize
{
    /// <summary>Collections inside one another: more than any document may hold, few enough for the stack of whoever walks a value.</summary>
    public const int MaxNesting = 1024;

    /// <param name="most">
    /// Counting ends where it is exceeded, since members may be shared: a list of a thousand times the same list of a thousand
    /// times the same list is small in memory, and takes for ever to walk.
    /// </param>
    /// <returns>The size, or something above <paramref name="most"/>.</returns>
    public static long Of(Value value, long most) => Of(value, most, 0);

    private static long Of(Value value, long most, int depth)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
            case ValueKind.Boolean when value.IsTrue:
                return 4;
            case ValueKind.Boolean:
                return 5;
            case ValueKind.Number:
                return value.TryGetInt64(out var small) ? Digits(small) : value.AsNumber.ToString().Length;
            case ValueKind.String:
                return value.Utf8.Length + 2;
            case ValueKind.Unknown:
                return value.AsUnknown!.Cause.Length + 12;
            default:
                return OfMembers(value, most, depth + 1);
        }
    }

    private static long OfMembers(Value value, long most, int depth)
    {
        if (depth > MaxNesting)
        {
            throw new BudgetException(
                string.Create(CultureInfo.InvariantCulture, $"{MaxNesting:N0} collections inside one another")
            );
        }

        var size = 2L;
        for (var i = 0; i < value.Count && size <= most; i++)
        {
            size += 1 + Of(value[i], most - size, depth);
            size += value.IsObject ? 1 + Of(value.KeyAt(i), most - size, depth) : 0;
        }

        return size;
    }

    private static long Digits(long value)
    {
        var digits = value < 0 ? 2 : 1;
        while (value is > 9 or < -9)
        {
            value /= 10;
            digits++;
        }

        return digits;
    }
}
