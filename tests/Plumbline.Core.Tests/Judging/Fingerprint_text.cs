using Plumbline.Core.Judging;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Tests.Judging;

public sealed class Fingerprint_text
{
    /// <summary>Computed apart from this code: Python's hashlib and base64.b32encode over the JSON text by hand.</summary>
    [Fact]
    public void Is_the_one_that_python_computes() =>
        Assert.Equal(
            "pf1:yaa4hijfh7yoz7xo6p4jlcez2y",
            Fingerprint.Of(
                Estate.Instance("k8s-host-pid", "k8s//Pod"),
                ResourceKey.Of("repo:example.org/shop//deploy;k8s/-", "k8s//Pod", "wéb"),
                "hostPID"
            )
        );

    [Fact]
    public void Is_made_of_the_oldest_id_so_that_a_renamed_check_keeps_it()
    {
        var instance = Estate.Instance("new-name", "t/1");
        var renamed = instance with { Check = instance.Check with { Uid = "old-name" } };
        var key = Estate.Resource("t/1", "a").Key;

        Assert.Equal(Fingerprint.Of(Estate.Instance("old-name"), key, "it"), Fingerprint.Of(renamed, key, "it"));
        Assert.NotEqual(Fingerprint.Of(instance, key, "it"), Fingerprint.Of(renamed, key, "it"));
    }

    [Fact]
    public void Differs_by_instance() =>
        Assert.NotEqual(
            Fingerprint.Of(Estate.Instance("c"), default, "it"),
            Fingerprint.Of(Estate.Instance("c") with { Name = "strict" }, default, "it")
        );
}
