namespace Plumbline.Architecture.Tests;

public sealed class Golden_files
{
    [Theory]
    [InlineData("a\nb\n", "a\nb\n", "")]
    [InlineData("a\nb\nc\n", "a\nc\n", "-    2 b\n")]
    [InlineData("a\nc\n", "a\nb\nc\n", "+    2 b\n")]
    [InlineData("a\n", "b\n", "-    1 a\n+    1 b\n")]
    [InlineData("a", "a\n", "+    2 \n")]
    [InlineData("a\n", "a\x1b[2J\n", "-    1 a\n+    1 a\\x1b[2J\n")]
    public void Say_which_lines_differ(string expected, string actual, string diff) =>
        Assert.Equal(diff, Golden.Diff(expected, actual));

    [Fact]
    public void Say_no_more_than_a_person_reads()
    {
        var diff = Golden.Diff("", string.Join('\n', Enumerable.Range(0, 1000)));

        Assert.EndsWith("  …", diff, StringComparison.Ordinal);
        Assert.True(diff.Length < 2000);
    }
}
