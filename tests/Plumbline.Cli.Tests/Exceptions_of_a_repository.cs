using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Core.Waivers;

namespace Plumbline.Cli.Tests;

/// <summary>An exception from the one who asks to the day it ends, with the <c>ssh-keygen</c> of this machine.</summary>
public sealed class Exceptions_of_a_repository : IDisposable
{
    private readonly Estate _estate = new();

    public Exceptions_of_a_repository() => _estate.WriteShop();

    public void Dispose() => _estate.Dispose();

    [Fact]
    public async Task Hold_from_approval_to_their_last_second_on_every_path()
    {
        await ListApproversAsync("critical", ("ines", "ines@acme.example"));
        var added = await AddAsync();
        Assert.True(added.Exit == 0, added.Error);
        Assert.Equal("fail", await VerdictAsync());

        var approved = await RunAsync("approve", "E-1", "--key", _estate.PathOf("keys/ines"));
        Assert.True(approved.Exit == 0, approved.Output + approved.Error);
        Assert.Equal("waived", await VerdictAsync());
        Assert.Equal(0, (await RunAsync("waiver", "check", "deploy")).Exit);

        _estate.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 30, 23, 59, 59, TimeSpan.Zero));
        Assert.Equal("waived", await VerdictAsync());
        Assert.Contains("ends soon", (await RunAsync("waiver", "check", "deploy")).Output);

        _estate.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal("fail", await VerdictAsync());
        Assert.Equal(1, (await RunAsync("waiver", "check", "deploy")).Exit);
        Assert.Contains("expired", (await RunAsync("waiver", "list")).Output);
    }

    [Fact]
    public async Task End_with_what_the_check_reads_and_outlive_what_it_does_not()
    {
        await ListApproversAsync("critical", ("ines", "ines@acme.example"));
        await AddAsync();
        await RunAsync("approve", "E-1", "--key", _estate.PathOf("keys/ines"));

        Edit("image: postgres", "image: postgres:18");
        Assert.Equal("waived", await VerdictAsync());

        Edit("- name: postgres", "- name: helper\n      image: helper\n    - name: postgres");
        Assert.Equal("fail", await VerdictAsync());
        Assert.Contains("has changed since it was approved", (await RunAsync("waiver", "check", "deploy")).Output);
    }

    [Fact]
    public async Task Are_not_approved_by_who_asked_by_a_machine_or_by_a_stranger()
    {
        await ListApproversAsync("critical", ("maya", "maya@acme.example"), ("robot", "machine:ci"));
        await MakeKeyAsync("eve", "eve@elsewhere.example");
        await AddAsync();

        Refuses(await RunAsync("approve", "E-1", "--key", _estate.PathOf("keys/maya")), 1, "asked for it");
        Refuses(
            await RunAsync("waiver", "sign", "E-1", "--key", _estate.PathOf("keys/robot")),
            1,
            "machines approve nothing"
        );
        Refuses(await RunAsync("approve", "E-1", "--key", _estate.PathOf("keys/eve")), 2, "is not among the approvers");
        Assert.DoesNotContain("approvals", await File.ReadAllTextAsync(_estate.PathOf("waivers.yaml"), default));
    }

    [Fact]
    public async Task Are_signed_elsewhere_over_the_very_bytes_that_are_printed()
    {
        await ListApproversAsync("critical", ("ines", "ines@acme.example"));
        await AddAsync();
        var payload = await RunAsync("approve", "E-1", "--payload");
        var bytes = Signed();
        Assert.Equal(Masked(Encoding.UTF8.GetString(bytes)), payload.Output); // a transcript hides digests
        _estate.Write("E-1.json", bytes);
        await KeygenAsync(
            "-q",
            "-Y",
            "sign",
            "-n",
            "plumbline-approval",
            "-f",
            _estate.PathOf("keys/ines"),
            _estate.PathOf("E-1.json")
        );
        var taken = await RunAsync("approve", "E-1", "--signature", "E-1.json.sig");

        Assert.True(taken.Exit == 0, taken.Output + taken.Error);
        Assert.Equal("waived", await VerdictAsync());
    }

    [Fact]
    public async Task Are_approved_by_nobody_where_only_the_working_tree_says_who_may()
    {
        await MakeKeyAsync("ines", "ines@acme.example");
        _estate.Write("plumbline.yaml", $"approvers: {{critical: ['{Public("ines")}']}}\n");
        await AddAsync(from: null);
        await RunAsync(
            ["approve", "E-1", "--key", _estate.PathOf("keys/ines"), "--by", "ines@acme.example"],
            from: null
        );
        var list = await RunAsync(["waiver", "list"], from: null);

        Assert.Contains("E-1 does not count", list.Output);
        Assert.Contains("nobody can be found who may approve", list.Output);
    }

    [Fact]
    public async Task Are_in_the_evidence_as_they_were_in_the_report()
    {
        await ListApproversAsync("critical", ("ines", "ines@acme.example"));
        _estate.Write(
            "plumbline.yaml",
            "boundary: {out: [{match: '*|k8s//Secret|*', reason: 'kept elsewhere'}]}\ninventory: [{type: k8s//Pod, names: [orders-db, cache]}]\n"
        );
        await AddAsync();
        await RunAsync("approve", "E-1", "--key", _estate.PathOf("keys/ines"));
        var scan = await RunAsync("scan", "deploy", "--format", "cli", "--format", "json:report.json");

        Assert.Contains("1 of 2 resources excluded, because: kept elsewhere", scan.Output);
        Assert.Contains("declared 2 of k8s//Pod, seen 1: `cache` missing", scan.Output);
        Assert.Contains("waived until 31 Dec 2026 (E-1), approved by ines@acme.example", scan.Output);
        var verified = await _estate.RunAsync("evidence", "verify", "A-1", "--report", "report.json");
        Assert.True(verified.Exit == 0, verified.Output + verified.Error);
    }

    private byte[] Signed()
    {
        var file = File.ReadAllBytes(_estate.PathOf("waivers.yaml"));
        Assert.True(WaiverFile.TryRead("w", file, ["demo-privileged"], out var entries, out _));
        return entries[0].Signed.ToArray();
    }

    private static string Masked(string text) =>
        Regex.Replace(text, "sha256:[0-9a-f]{64}", $"sha256:{new string('0', 64)}");

    private static void Refuses(Transcript run, int exit, string why)
    {
        Assert.True(run.Exit == exit, run.ToString());
        Assert.Contains(why, run.Output + run.Error);
    }

    private Task<Transcript> AddAsync(string? from = "approvers.yaml") =>
        RunAsync(
            [
                "waiver",
                "add",
                "deploy",
                "--check",
                "demo-privileged",
                "--reason",
                "needs the device",
                "--requester",
                "maya@acme.example",
                "--ticket",
                "OPS-1",
                "--expires",
                "2026-12-31",
            ],
            from
        );

    private Task<Transcript> RunAsync(params string[] args) => RunAsync(args, "approvers.yaml");

    private Task<Transcript> RunAsync(string[] args, string? from) =>
        _estate.RunAsync(from is null ? args : [.. args, "--approvers-from", from]);

    /// <summary><c>fail</c> or <c>waived</c>, of the finding and of the requirement that hangs on it: both say the same.</summary>
    private async Task<string> VerdictAsync()
    {
        var scan = await RunAsync("scan", "deploy", "--check", "demo-privileged", "--format", "json");
        using var report = JsonDocument.Parse(scan.Output);
        var finding = report
            .RootElement.GetProperty("findings")
            .EnumerateArray()
            .Single(f => f.GetProperty("verdict").GetString() == "fail");
        var requirement = report
            .RootElement.GetProperty("requirements")
            .EnumerateArray()
            .Single(r => r.GetProperty("id").GetString() == "D1.1");
        var effective = requirement.GetProperty("effective").GetString()!;
        Assert.Equal("fail", requirement.GetProperty("raw").GetString());
        Assert.Equal(effective == "waived", finding.GetProperty("waived").GetBoolean());
        Assert.Equal(effective == "waived" ? 0 : 1, scan.Exit);
        return effective;
    }

    private void Edit(string what, string instead)
    {
        var file = _estate.PathOf("deploy/orders-db.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace(what, instead, StringComparison.Ordinal));
    }

    private async Task ListApproversAsync(string level, params (string Name, string Principal)[] people)
    {
        foreach (var (name, principal) in people)
        {
            await MakeKeyAsync(name, principal);
        }

        var keys = string.Join(", ", people.Select(p => $"'{Public(p.Name)}'"));
        _estate.Write("approvers.yaml", $"approvers: {{{level}: [{keys}]}}\n");
    }

    private string Public(string name) => File.ReadAllText(_estate.PathOf($"keys/{name}.pub")).Trim();

    private async Task MakeKeyAsync(string name, string principal)
    {
        Directory.CreateDirectory(_estate.PathOf("keys"));
        await KeygenAsync("-q", "-t", "ed25519", "-N", "", "-C", principal, "-f", _estate.PathOf($"keys/{name}"));
    }

    private static async Task KeygenAsync(params string[] arguments)
    {
        var paths = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (!paths.Any(p => File.Exists(Path.Combine(p, "ssh-keygen"))))
        {
            Assert.Skip("ssh-keygen is not on the path");
        }

        using var keygen = Process.Start(
            new ProcessStartInfo("ssh-keygen", arguments) { RedirectStandardError = true, UseShellExecute = false }
        )!;
        var said = await keygen.StandardError.ReadToEndAsync();
        await keygen.WaitForExitAsync();
        Assert.True(keygen.ExitCode == 0, said);
    }
}
