using Plumbline.Policies.Conftest;

namespace Plumbline.Policies.Tests.Conftest;

public sealed class A_namespace_pattern
{
    [Theory]
    [InlineData("*", "main.gke", true)] // a dot is a character like any other
    [InlineData("main.*", "main.gke", true)]
    [InlineData("main.*", "main", false)]
    [InlineData("*.simple", "k8s.pods.simple", true)]
    [InlineData("m?in", "main", true)]
    [InlineData("m?in", "mn", false)]
    [InlineData("[a-m]ain", "main", true)]
    [InlineData("[^a-m]ain", "main", false)]
    [InlineData("[abc]", "c", true)]
    [InlineData("a*b*c", "axxbyyc", true)]
    [InlineData("a*b*c", "axxbyy", false)]
    [InlineData("a\\*", "a*", true)]
    [InlineData("a\\*", "ab", false)]
    [InlineData("[", "[", false)] // malformed
    [InlineData("a\\", "a\\", false)]
    public void Matches_as_in_Go(string pattern, string name, bool matches) =>
        Assert.Equal(matches, GlobPattern.Matches(pattern, name));
}
