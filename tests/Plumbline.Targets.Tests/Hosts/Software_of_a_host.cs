using System.Text;
using CsCheck;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Targets.Hosts.Software;

namespace Plumbline.Targets.Tests.Hosts;

public sealed class Software_of_a_host
{
    private const string Status =
        "Package: a\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0-1\n\n"
        + "Package: b\nStatus: deinstall ok config-files\nArchitecture: amd64\nVersion: 2\n\n"
        + "Package: c\nStatus: install ok installed\nArchitecture: all\nVersion: 1:3\nDescription: x\n Package: never\n";

    [Fact]
    public async Task Is_what_dpkg_has_installed() =>
        Assert.Equal(
            """{"manager": "dpkg", "packages": {"a": [{"architecture": "amd64", "version": "1.0-1"}], "c": [{"architecture": "all", "version": "1:3"}]}}""",
            (await new FakeHost { ["/var/lib/dpkg/status"] = Status }.ReadAsync("linux/packages")).ToString()
        );

    [Fact]
    public async Task Is_what_apk_has_installed()
    {
        var host = new FakeHost
        {
            ["/lib/apk/db/installed"] =
                "C:Q1\nP:busybox\nV:1.36-r1\nA:x86_64\nF:bin\nR:busybox\n\nP:musl\nV:1.2\nA:x86_64\n",
        };
        host.Facts("/bin/busybox", 0, 0, 0x9ED);
        Assert.Equal(
            """{"manager": "apk", "packages": {"busybox": [{"architecture": "x86_64", "version": "1.36-r1"}], "musl": [{"architecture": "x86_64", "version": "1.2"}]}}""",
            (await host.ReadAsync("linux/packages")).ToString()
        );
        Assert.Equal("busybox", (await host.ReadAsync("linux/files"))["privileged"][0]["package"]);
        Assert.True((await host.ReadAsync("linux/updates"))["pending"].IsOpen);
    }

    [Fact]
    public async Task Is_what_rpm_says()
    {
        var host = new FakeHost { IsRunning = true, ["/var/lib/rpm/rpmdb.sqlite"] = "" };
        host.Command(
            HostCommand.RpmPackages,
            "kernel\t5.14-2\tx86_64\nkernel\t5.14-1\tx86_64\ngpg-pubkey\t1-1\t(none)\n"
        );
        Assert.Equal(
            """{"manager": "rpm", "packages": {"kernel": [{"architecture": "x86_64", "version": "5.14-1"}, {"architecture": "x86_64", "version": "5.14-2"}]}}""",
            (await host.ReadAsync("linux/packages")).ToString()
        );
    }

    [Fact]
    public async Task Of_rpm_in_a_folder_is_not_told()
    {
        var document = await new FakeHost { ["/var/lib/rpm/rpmdb.sqlite"] = "" }.ReadAsync("linux/packages");
        Assert.True(document["packages"].IsOpen);
    }

    [Fact]
    public async Task Is_out_of_date_where_a_list_has_something_newer()
    {
        const string Lists = "/var/lib/apt/lists/deb.example_";
        var host = new FakeHost
        {
            ["/var/lib/dpkg/status"] = Status,
            [Lists + "debian_dists_bookworm_InRelease"] =
                "Origin: Debian\nSuite: stable\nDate: Sat, 15 Nov 2025 09:11:35 UTC\n",
            [Lists + "debian_dists_bookworm_main_binary-amd64_Packages"] =
                "Package: a\nArchitecture: amd64\nVersion: 1.0-2\n\nPackage: c\nArchitecture: all\nVersion: 1:2\n",
            [Lists + "security_dists_bookworm-security_InRelease"] =
                "Label: Debian-Security\nSuite: stable-security\nDate: Sun, 16 Nov 2025 10:00:00 UTC\n",
            [Lists + "security_dists_bookworm-security_main_binary-amd64_Packages"] =
                "Package: a\nArchitecture: amd64\nVersion: 1.0-1+deb12u1\n\nPackage: a\nArchitecture: i386\nVersion: 9\n",
            [Lists + "debian_dists_backports_InRelease"] = "Suite: backports\nNotAutomatic: yes\n",
            [Lists + "debian_dists_backports_main_binary-amd64_Packages"] =
                "Package: a\nArchitecture: amd64\nVersion: 99\n",
        };
        var document = await host.ReadAsync("linux/updates");
        Assert.Equal(
            """{"a": {"candidate": "1.0-2", "installed": "1.0-1", "security": true}}""",
            document["pending"].ToString()
        );
        Assert.Equal("2025-11-16T10:00:00Z", document["index"]["published"]);
    }

    [Fact]
    public async Task Without_lists_may_be_out_of_date() =>
        Assert.True(
            (await new FakeHost { ["/var/lib/dpkg/status"] = Status }.ReadAsync("linux/updates"))["pending"].IsOpen
        );

    [Theory]
    [InlineData("1.0", "1.0", 0)]
    [InlineData("1.0~rc1", "1.0", -1)]
    [InlineData("1:0.1", "2.0", 1)]
    [InlineData("1.10", "1.9", 1)]
    [InlineData("1.0-1", "1.0-1+deb12u1", -1)]
    [InlineData("1.0-1", "1.0", 1)]
    [InlineData("1.0a", "1.0+", -1)]
    [InlineData("0", "00", 0)]
    [InlineData("1.2.3~~", "1.2.3~", -1)]
    public void Has_versions_in_the_order_of_Debian(string left, string right, int order)
    {
        Assert.Equal(order, Math.Sign(DebianVersion.Compare(left, right)));
        Assert.Equal(-order, Math.Sign(DebianVersion.Compare(right, left)));
    }

    [Fact]
    public void Has_versions_in_a_total_order()
    {
        var version = Gen.Char["01a~+.-:"].Array[0, 6].Select(c => new string(c));
        Gen.Select(version, version, version)
            .Sample(t =>
            {
                var (a, b, c) = t;
                Assert.Equal(Math.Sign(DebianVersion.Compare(a, b)), -Math.Sign(DebianVersion.Compare(b, a)));
                Assert.True(
                    DebianVersion.Compare(a, b) > 0
                        || DebianVersion.Compare(b, c) > 0
                        || DebianVersion.Compare(a, c) <= 0
                );
            });
    }

    [Fact]
    public void Is_listed_in_frames_that_apt_compressed()
    {
        byte[] frame =
        [
            0x04,
            0x22,
            0x4D,
            0x18,
            0x60,
            0x40,
            0x82, // version 1, blocks apart, 64 KiB
            7,
            0,
            0,
            0,
            0x36,
            (byte)'a',
            (byte)'b',
            (byte)'c',
            3,
            0,
            0x00, // three literals, then ten bytes from three back
            2,
            0,
            0,
            0x80,
            (byte)'!',
            (byte)'\n', // stored as it is
            0,
            0,
            0,
            0,
        ];
        using var reader = new StreamReader(new Lz4Frame(new MemoryStream(frame)), Encoding.ASCII);
        Assert.Equal("abcabcabcabca!\n", reader.ReadToEnd());
    }

    [Fact]
    public void In_damaged_frames_is_refused_and_never_read_wrongly() =>
        Gen
            .Byte.Array[0, 64]
            .Sample(bytes =>
            {
                byte[] frame =
                [
                    0x04,
                    0x22,
                    0x4D,
                    0x18,
                    0x60,
                    0x40,
                    0x82,
                    (byte)bytes.Length,
                    0,
                    0,
                    0,
                    .. bytes,
                    0,
                    0,
                    0,
                    0,
                ];
                try
                {
                    new StreamReader(new Lz4Frame(new MemoryStream(frame)), Encoding.Latin1).ReadToEnd();
                }
                catch (Exception refused) when (refused is InvalidDataException or EndOfStreamException)
                {
                    // what it is for
                }
            });
}
