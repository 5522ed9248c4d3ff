using Plumbline.Core.Authored;

namespace Plumbline.Core.Tests.Settings;

public sealed class Nearest_word
{
    [Theory]
    [InlineData("scann", "scan")]
    [InlineData("sacn", "scan")] // two that changed places are one slip
    [InlineData("can", "scan")]
    [InlineData("EVIDENCE", "evidence")]
    [InlineData("evidnec", "evidence")]
    [InlineData("frame", "frameworks")] // begins it
    [InlineData("frame_works", "frameworks")]
    [InlineData("serve", null)]
    [InlineData("xy", null)]
    [InlineData("", null)]
    public void Is_the_one_that_was_probably_meant(string typed, string? expected) =>
        Assert.Equal(expected, Nearest.To(typed, ["scan", "evidence", "checks", "frameworks"]));

    [Fact]
    public void Of_equally_near_ones_is_the_first() => Assert.Equal("cat", Nearest.To("hat", ["cat", "bat"]));
}
