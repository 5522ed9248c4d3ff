using System.Collections.Immutable;
using System.Security.Cryptography;
using Plumbline.Cli.Faults;
using Plumbline.Core;
using Plumbline.Core.Approvals;
using Plumbline.Core.Attestations;
using Plumbline.Core.Authored;
using Plumbline.Core.Evidence;
using Plumbline.Core.Settings;
using Plumbline.Core.Waivers;
using Plumbline.Targets.Git;

namespace Plumbline.Cli.Scanning;

/// <summary>What people accepted and attested in a repository, and who may: waivers, attestations and approvers, read and checked.</summary>
internal sealed record Acceptances
{
    /// <summary>The file of exceptions as the user may open it; where there is none, the one that would be read.</summary>
    public required string WaiverFile { get; init; }

    /// <summary>The file of attestations, likewise.</summary>
    public required string AttestationFile { get; init; }

    public WaiverRegister Register { get; private init; } = WaiverRegister.Empty;

    /// <summary>Every attestation that is written, signed or not.</summary>
    public ImmutableArray<AttestationEntry> Entries { get; private init; } = [];

    /// <summary>What entries may name.</summary>
    public required Content Content { private get; init; }

    /// <summary>Digests of the files, and the commit of the approvers, as the statement names them.</summary>
    public ImmutableSortedDictionary<string, string> Digests { get; private init; } =
        ImmutableSortedDictionary.Create<string, string>(Ordinal.Comparer);

    /// <summary>Those whose signatures hold, expired or not.</summary>
    public ImmutableArray<Attestation> Attestations =>
        [.. Entries.Select(e => e.Check(Register.Approvers).Attestation).OfType<Attestation>()];

    /// <param name="options">What was typed after <c>--waivers</c> and <c>--approvers-from</c>.</param>
    public static async Task<Acceptances> LoadAsync(
        Project project,
        Content content,
        (string? Waivers, string? ApproversFrom) options,
        Session session,
        CancellationToken cancel
    )
    {
        var reading = new Reader(project, session.Host, session.Faults);
        var (waiverFile, waivers) = await reading.WaiversAsync(options.Waivers, cancel);
        var (attestationFile, attestations) = await reading.AttestationsAsync(cancel);
        var found = new Acceptances
        {
            WaiverFile = waiverFile,
            AttestationFile = attestationFile,
            Content = content,
        };
        if (waivers is null && attestations is null && options.ApproversFrom is null)
        {
            return found;
        }

        var approvers = await reading.ApproversAsync(options.ApproversFrom, cancel);
        return found with
        {
            Register = new WaiverRegister(reading.Taken<WaiverEntry>(waivers, found.TryReadWaivers), approvers),
            Entries = reading.Taken<AttestationEntry>(attestations, found.TryReadAttestations),
            Digests = found.Digests.AddRange(
                Named(InputNames.Waivers, DigestOf(waivers))
                    .Concat(Named(InputNames.Attestations, DigestOf(attestations)))
                    .Concat(Named(InputNames.Approvers, approvers.Digest))
                    .Concat(Named(InputNames.ApproversCommit, approvers.Commit))
            ),
        };
    }

    /// <summary>Reads a text as if it were that of <see cref="WaiverFile"/>.</summary>
    public bool TryReadWaivers(
        byte[] utf8,
        out ImmutableArray<WaiverEntry> entries,
        out ImmutableArray<FileFault> faults
    )
    {
        var checks = Content.Checks.SelectMany(c => c.Formerly.Prepend(c.Id)).ToList();
        return Core.Waivers.WaiverFile.TryRead(WaiverFile, utf8, checks, out entries, out faults);
    }

    /// <summary>Reads a text as if it were that of <see cref="AttestationFile"/>.</summary>
    public bool TryReadAttestations(
        byte[] utf8,
        out ImmutableArray<AttestationEntry> entries,
        out ImmutableArray<FileFault> faults
    ) => Core.Attestations.AttestationFile.TryRead(AttestationFile, utf8, Content.Frameworks, out entries, out faults);

    private delegate bool TryRead<T>(byte[] utf8, out ImmutableArray<T> entries, out ImmutableArray<FileFault> faults);

    /// <summary><c>sha256:…</c> of a file's bytes; empty where there is none.</summary>
    public static string DigestOf(byte[]? bytes) =>
        bytes is null ? "" : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    private static IEnumerable<KeyValuePair<string, string>> Named(string name, string digest) =>
        digest.Length > 0 ? [KeyValuePair.Create(name, digest)] : [];

    /// <summary>Finds and reads the files; what is wrong with them goes to the faults.</summary>
    private sealed class Reader(Project project, HostEnvironment host, List<Fault> faults)
    {
        public async Task<(string File, byte[]? Bytes)> WaiversAsync(string? option, CancellationToken cancel)
        {
            var named = option is not null ? host.Shown(Path.GetFullPath(option, host.WorkingFolder)) : null;
            named ??= project.Settings.Waivers is { } key ? project.Shown(key) : null;
            if (named is not null)
            {
                return (named, await BytesAsync(named, mustExist: true, cancel));
            }

            var (usual, other) = (
                project.Shown(Core.Waivers.WaiverFile.Name),
                project.Shown(Core.Waivers.WaiverFile.OtherName)
            );
            var (first, second) = (await BytesAsync(usual, false, cancel), await BytesAsync(other, false, cancel));
            if (first is not null && second is not null)
            {
                faults.Add(
                    new Fault(CliFaults.Contradiction, $"expected one file of exceptions, got `{usual}` and `{other}`")
                );
            }

            return first is null && second is not null ? (other, second) : (usual, first);
        }

        public async Task<(string File, byte[]? Bytes)> AttestationsAsync(CancellationToken cancel)
        {
            var file = project.Shown(Core.Attestations.AttestationFile.Name);
            return (file, await BytesAsync(file, mustExist: false, cancel));
        }

        public ImmutableArray<T> Taken<T>(byte[]? bytes, TryRead<T> read)
        {
            if (bytes is null)
            {
                return [];
            }

            read(bytes, out var entries, out var found);
            faults.AddRange(found.Select(Content.FaultOf));
            return entries;
        }

        /// <summary>Who may approve: what was named, else the protected branch. Of the working tree nothing counts.</summary>
        public async Task<Approvers> ApproversAsync(string? named, CancellationToken cancel)
        {
            if (named is not null && File.Exists(Path.GetFullPath(named, host.WorkingFolder)))
            {
                var bytes = await BytesAsync(named, mustExist: true, cancel);
                return bytes is null
                    ? Approvers.None($"`{named}` cannot be read")
                    : Parse(named, named, bytes, "", isAsked: true);
            }

            try
            {
                var file = named is null
                    ? await GitFile.OfDefaultBranchAsync(project.Folder, SettingsFile.Name, cancel)
                    : await GitFile.OfAsync(project.Folder, named, SettingsFile.Name, cancel);
                return file.Bytes is null
                    ? Approvers.None($"{file.Reference} has no `{SettingsFile.Name}`, which says who may approve")
                    : Parse(
                        $"{file.Reference}:{SettingsFile.Name}",
                        file.Reference,
                        file.Bytes,
                        file.Commit,
                        named is not null
                    );
            }
            catch (GitException refused)
            {
                if (named is not null)
                {
                    faults.Add(
                        new Fault(
                            CliFaults.Approvers,
                            $"expected a file or a commit after `--approvers-from`: {refused.Message}"
                        )
                    );
                }

                return Approvers.None($"nobody can be found who may approve: {refused.Message}");
            }
        }

        private Approvers Parse(string shown, string source, byte[] bytes, string commit, bool isAsked)
        {
            if (SettingsFile.TryRead(shown, bytes, out var settings, out var found))
            {
                return Approvers.Of(settings!.Approvers, source, DigestOf(bytes), commit);
            }

            if (isAsked)
            {
                faults.AddRange(found.Select(Content.FaultOf));
            }

            return Approvers.None($"nobody can be found who may approve: {found[0]}");
        }

        private async Task<byte[]?> BytesAsync(string shown, bool mustExist, CancellationToken cancel)
        {
            var path = Path.GetFullPath(shown, host.WorkingFolder);
            if (!mustExist && !File.Exists(path))
            {
                return null;
            }

            try
            {
                return await File.ReadAllBytesAsync(path, cancel);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                faults.Add(new Fault(CliFaults.File, $"`{shown}` cannot be read: {refused.Message.TrimEnd('.')}"));
                return null;
            }
        }
    }
}
