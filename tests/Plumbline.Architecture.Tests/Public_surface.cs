using System.Reflection;

namespace Plumbline.Architecture.Tests;

/// <summary>What is public is a promise: each library keeps it in a file, so that a wider one shows in review.</summary>
public sealed class Public_surface
{
    public static TheoryData<string> Libraries =>
        [.. House.Rooms.Where(room => room.IsLibrary).Select(room => room.Name)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Of_a_library_is_what_its_file_says(string library) =>
        Golden.Matches($"surface/{library}.txt", Surface.Of(Assembly.Load(library)));

    [Fact]
    public void Is_kept_for_no_library_that_is_gone() =>
        Assert.Empty(
            Directory
                .EnumerateFiles(Repository.Path("tests/Plumbline.Architecture.Tests/surface"))
                .Select(Path.GetFileNameWithoutExtension)
                .Except(Libraries.Select(row => row.Data))
        );

    [Fact]
    public void Reads_like_the_declarations() =>
        Assert.Equal(
            """
            abstract class Public_surface.Sample<T> : IDisposable where T : class, new()
                protected Sample()
                const string Name = "a\"b"
                event EventHandler? Changed
                this[int index] : T { get; }
                protected Inner : IReadOnlyList<string?> { get; }
                required Count : int? { get; init; }
                static explicit operator int(Public_surface.Sample<T> sample)
                Dispose() : void
                protected abstract Find<TKey>(ReadOnlySpan<byte> key, out TKey? found, params string[] more) : bool where TKey : struct
                static Make(in int size, T? seed = null, StringComparison how = StringComparison.Ordinal) : ValueTask<T?>

            """,
            Surface.Of(typeof(Sample<>))
        );

    [Fact]
    public void Shows_of_a_record_what_was_written() =>
        Assert.Equal(
            """
            sealed record Public_surface.Fact
                Fact(string Text, int[] Places)
                Places : int[] { get; init; }
                Text : string { get; init; }

            """,
            Surface.Of(typeof(Fact))
        );

    [Fact]
    public void Shows_of_an_enumeration_the_numbers() =>
        Assert.Equal(
            """
            enum Public_surface.Verdict : byte
                Pass = 0
                Unknown = 2

            """,
            Surface.Of(typeof(Verdict))
        );

    public abstract class Sample<T> : IDisposable
        where T : class, new()
    {
        public const string Name = "a\"b";

        public event EventHandler? Changed;

        public required int? Count { get; init; }

        protected IReadOnlyList<string?> Inner { get; } = [];

        public T this[int index] => index == 0 ? new T() : throw new ArgumentOutOfRangeException(nameof(index));

        public static explicit operator int(Sample<T> sample) => sample.Count ?? 0;

        public static ValueTask<T?> Make(
            in int size,
            T? seed = null,
            StringComparison how = StringComparison.Ordinal
        ) => new(size == (int)how ? seed : null);

        public void Dispose()
        {
            Changed?.Invoke(this, EventArgs.Empty);
            GC.SuppressFinalize(this);
        }

        public override string ToString() => Name;

        protected abstract bool Find<TKey>(ReadOnlySpan<byte> key, out TKey? found, params string[] more)
            where TKey : struct;
    }

    public sealed record Fact(string Text, int[] Places);

    public enum Verdict : byte
    {
        Pass = 0,
        Unknown = 2,
    }
}
