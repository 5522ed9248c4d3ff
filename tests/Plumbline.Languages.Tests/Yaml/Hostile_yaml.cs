using System.Text;
using Plumbline.Languages.Yaml;

namespace Plumbline.Languages.Tests.Yaml;

/// <summary>Texts made to exhaust a reader: each ends with a fault that names the limit, or is simply read.</summary>
/// <remarks>
/// Nothing is timed; a limit that stopped working makes a test run for minutes or ends the process. One test counts the memory of
/// the whole process, so no other class runs beside this one.
/// </remarks>
[Collection(nameof(Alone))]
public sealed class Hostile_yaml
{
    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("[\n", 100_000)]
    [InlineData("{? ", 100_000)]
    [InlineData("- ", 100_000)]
    [InlineData("? ", 100_000)]
    [InlineData("[[]: ", 100_000)]
    [InlineData("&a [", 100_000)]
    [InlineData("!!seq [", 100_000)]
    public void Nesting_ends_at_its_limit(string part, int times)
    {
        var fault = Reading.Fault(Repeat(part, times));

        Assert.Equal(TextFaults.TooDeep, fault.Code);
        Assert.Equal("expected at most 100 nested collections", fault.Message);
    }

    [Fact]
    public void Indentation_ends_at_the_limit_of_nesting() =>
        Assert.Equal(
            TextFaults.TooDeep,
            Reading.Fault(string.Concat(Enumerable.Range(0, 2_000).Select(i => new string(' ', i) + "a:\n"))).Code
        );

    [Fact]
    public void Nesting_up_to_the_limit_is_read() =>
        Assert.EndsWith(
            "[]" + new string(']', 99),
            Reading.Json(new string('[', 100) + new string(']', 100)),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_hundred_thousand_aliases_end_at_their_limit() =>
        Assert.Equal(TextFaults.TooMany, Reading.Fault("a: &a 1\nb: [" + Repeat("*a, ", 100_000) + "]").Code);

    [Theory]
    [InlineData("[", "1,", "]")]
    [InlineData("", "- 1\n", "")]
    [InlineData("", "- |\n", "")]
    [InlineData("[", "a: b,", "]")]
    [InlineData("", "? \n", "")]
    public void Nodes_end_at_their_limit(string before, string part, string after)
    {
        var text = before + Repeat(part, ((4 << 20) - 2) / part.Length) + after;

        Assert.Contains(Reading.Fault(text).Code, new[] { TextFaults.TooMany, TextFaults.NotJson });
    }

    [Theory]
    [InlineData("a: ", "x", "")]
    [InlineData("a: ", "x ", "x")]
    [InlineData("a: \"", "x\\n", "\"")]
    [InlineData("a: |\n", "  x\n", "")]
    [InlineData("a: |\n", "\n", "")]
    [InlineData("a: >\n", "  x y\n", "")]
    [InlineData("a: 1", "\n", "")]
    [InlineData("a: 1\n", "# x\n", "")]
    [InlineData("a: ", " ", "1")]
    [InlineData("a: '", "''", "'")]
    public void Scalars_and_empty_space_up_to_the_limit_are_read(string before, string part, string after) =>
        Assert.StartsWith(
            "{\"a\":",
            Reading.Json(before + Repeat(part, ((4 << 20) - 20) / part.Length) + after),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("a: \"", "x")]
    [InlineData("a: '", "\n")]
    [InlineData("a: \"", "\\\n")]
    [InlineData("", "\"\" ")]
    [InlineData("", "&a ")]
    [InlineData("", "! ")]
    [InlineData("", "{}")]
    [InlineData("", ":")]
    [InlineData("", "a:")]
    [InlineData("", "}:")]
    [InlineData("%YAML 1.", "1")]
    [InlineData("", "%TAG ! !\n")]
    [InlineData("[", ",")]
    [InlineData("", "|")]
    [InlineData("k: ", "!")]
    [InlineData("k: ", "*")]
    public void Endless_and_senseless_texts_are_faults_or_read(string before, string part) =>
        _ = YamlReader.TryRead(
            Encoding.UTF8.GetBytes(before + Repeat(part, ((4 << 20) - 20) / part.Length)),
            YamlOptions.Core,
            out _,
            out _
        );

    [Fact]
    public async Task A_document_above_its_limit_costs_only_itself()
    {
        var read = await Reading.Documents("a: 1\n---\nb: " + new string('x', 10 << 20) + "\n---\nc: 3\n");

        Assert.Equal([null, TextFaults.TooLarge, null], read.Select(d => d.Fault?.Code));
        Assert.Equal("expected a document of at most 4,194,304 bytes, got more", read[1].Fault!.Message);
        Assert.Equal([1, 2, 5], read.Select(d => d.At.Line));
        Assert.Equal(TextFaults.TooLarge, Reading.Fault("b: " + new string('x', 10 << 20)).Code);
    }

    [Fact]
    public async Task A_file_above_its_limit_ends_there()
    {
        var options = YamlOptions.Core with { Limits = new YamlLimits { MaxFileBytes = 1 << 20 } };
        using var endless = new Endless("---\na: 1\n");
        var count = 0;
        YamlDocument? last = null;
        await foreach (var document in YamlReader.ReadAsync(endless, options, default))
        {
            count++;
            last = document;
        }

        Assert.Equal(TextFaults.TooLarge, last!.Fault!.Code);
        Assert.InRange(count, 100_000, (1 << 20) / 9 + 1);
    }

    [Fact]
    public async Task A_stream_of_many_documents_holds_one_at_a_time()
    {
        // 256 MiB in documents of 1 KiB; what is alive while they are read stays below a hundredth of it.
        var options = YamlOptions.Core with
        {
            Limits = new YamlLimits { MaxFileBytes = 32 << 20 },
        };
        using var endless = new Endless("---\na: " + new string('x', 1_000) + "\n");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var count = 0;
        await foreach (var _ in YamlReader.ReadAsync(endless, options, default))
        {
            if (++count % 10_000 == 0)
            {
                Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 4 << 20);
            }
        }

        Assert.InRange(count, 30_000, 40_000);
    }

    private static string Repeat(string part, int times) => string.Concat(Enumerable.Repeat(part, times));

    /// <summary>The same bytes over and over.</summary>
    private sealed class Endless(string part) : Stream
    {
        private readonly byte[] _part = Encoding.UTF8.GetBytes(part);
        private int _at;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++, _at = (_at + 1) % _part.Length)
            {
                buffer[offset + i] = _part[_at];
            }

            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>Tests that must have the process to themselves.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
