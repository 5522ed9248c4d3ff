using Plumbline.Core.Checks;

namespace Plumbline.Core.Tests.Checks;

public sealed class Type_pattern
{
    [Theory]
    [InlineData("k8s//Pod", "k8s//Pod", true)]
    [InlineData("k8s/*", "k8s//Pod", true)]
    [InlineData("k8s/apps/*", "k8s//Pod", false)]
    [InlineData("*", "k8s//Pod", true)]
    [InlineData("k8s*", "k8s//Pod", false)]
    [InlineData("k8s//Pod", "k8s//PodTemplate", false)]
    public void Names_one_type_or_all_below_a_slash_or_all(string pattern, string type, bool matches) =>
        Assert.Equal(matches, TypePattern.Matches(pattern, type));

    [Theory]
    [InlineData("k8s/*", "k8s//Pod", true)]
    [InlineData("k8s/*", "k8s/apps/*", true)]
    [InlineData("k8s/apps/*", "k8s/batch/*", false)]
    [InlineData("*", "linux/*", true)]
    [InlineData("*", "*", true)]
    [InlineData("k8s//Pod", "k8s//Node", false)]
    public void Overlaps_another_where_one_type_fits_both(string left, string right, bool overlap)
    {
        Assert.Equal(overlap, TypePattern.Overlap(left, right));
        Assert.Equal(overlap, TypePattern.Overlap(right, left));
    }
}
