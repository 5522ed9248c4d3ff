using Plumbline.Core.Judging;
using Plumbline.Policies.Tests.Checks;
using Plumbline.Values;

namespace Plumbline.Policies.Tests.Conftest;

public sealed class Joined_policies
{
    [Fact]
    public async Task Answer_each_for_its_own_checks_as_they_would_alone()
    {
        using var library = new LibraryFolder().Check("own", "deny contains \"own\" if input.a == true");
        using var folder = new PolicyFolder().File(
            "policy/p.rego",
            "package main\n\ndeny contains \"foreign\" if input.a\n"
        );
        var (checks, foreign) = (await library.LoadAsync(), folder.Load());
        var joined = new JoinedPolicies(checks, foreign);
        var resource = Things.Resource("""{"a": true, "b": 1}""");

        Assert.Equal(["data.main", "own"], joined.Instances.Select(i => i.Check.Id));
        Assert.Equal("foreign", joined.Judge("data.main", resource).Parts[0].Message);
        Assert.Equal("own", joined.Judge("own", resource).Parts[0].Message);
        Assert.Equal(checks.Digests.Count + foreign.Digests.Count, joined.Digests.Count);
        var scope = Things.Scope([resource]);
        Assert.Equal(
            Jcs.ToText(checks.ReadsOf(checks.Instances[0], resource, scope)),
            Jcs.ToText(((IPolicySource)joined).ReadsOf(joined.Instances[1], resource, scope))
        );
    }
}
