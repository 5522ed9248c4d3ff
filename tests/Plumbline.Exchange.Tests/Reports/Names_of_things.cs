using Plumbline.Core.Frameworks;
using Plumbline.Core.Resources;
using Plumbline.Exchange.Reports;

namespace Plumbline.Exchange.Tests.Reports;

public sealed class Names_of_things
{
    [Theory]
    [InlineData("repo:acme/shop//deploy;k8s/shop", "k8s/apps/StatefulSet", "orders-db", "StatefulSet shop/orders-db")]
    [InlineData("repo:acme/shop//deploy;k8s/-", "k8s//Pod", "web", "Pod web")]
    [InlineData("repo:acme/shop//deploy", "k8s//Namespace", "shop", "Namespace shop")]
    [InlineData("aws:aws:123456789012", "AWS::S3::Bucket", "logs", "AWS::S3::Bucket logs")]
    public void Of_resources(string realm, string type, string primary, string expected) =>
        Assert.Equal(expected, Naming.Of(ResourceKey.Of(realm, type, primary)));

    [Theory]
    [InlineData("soc2", "SOC 2 Trust Services Criteria 2017", "SOC 2")]
    [InlineData("pci-dss-4", "PCI DSS 4: Payment Card Industry", "PCI DSS 4")]
    [InlineData("acme", "Rules of the house", "acme")]
    public void Of_frameworks(string id, string title, string expected) =>
        Assert.Equal(
            expected,
            Naming.Of(
                new Framework
                {
                    Id = id,
                    Title = title,
                    Requirements = [],
                    Mappings = [],
                    Digest = "",
                }
            )
        );

    [Theory]
    [InlineData("/spec/containers/0/image", "/spec/containers/0/image")]
    [InlineData("/spec/containers/‹unknown: a/b›/image", "/spec/containers/…/image")]
    [InlineData("/a/‹unknown›/‹b", "/a/…/‹b")]
    [InlineData("", "")]
    public void Of_places(string place, string expected) =>
        Assert.Equal(expected, Naming.Of(Values.JsonPointer.Parse(place)));

    [Fact]
    public void Of_any_length_are_shown()
    {
        Assert.Equal(new string('x', 10_000), Visible.Shortened(new string('x', 10_000)));
        Assert.EndsWith("x… (2,345 characters more)", Visible.Shortened(new string('x', 12_345)));
    }

    [Fact]
    public void Of_many_together()
    {
        Assert.Equal("workloads", Naming.Population(["k8s//Pod", "k8s/apps/Deployment"], 7));
        Assert.Equal("workload", Naming.Population(["k8s//Pod"], 1));
        Assert.Equal("resources", Naming.Population(["k8s//Pod", "k8s//Secret"], 2));
    }
}
