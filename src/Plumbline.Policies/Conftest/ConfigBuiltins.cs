using Plumbline.Rego;
using Plumbline.Values;

namespace Plumbline.Policies.Conftest;

/// <summary>The builtins that conftest adds to the language, so that tests of policies may be written with configuration as it stands in files.</summary>
/// <remarks>
/// <code>
/// parse_config(parser, text)             the document
/// parse_config_file(path)                the document of a file beside the policy
/// parse_combined_config_files(paths)     [{"path", "contents"}, …]
/// </code>
/// A path is relative to the policy that calls. Only the tool reads files: what a scan judges by has to be in its evidence.
/// </remarks>
internal static class ConfigBuiltins
{
    /// <param name="policies">To find the folder of a caller.</param>
    public static IEnumerable<HostBuiltin> OfTool(IEnumerable<InputFile> policies, string folder)
    {
        var folders = policies.ToDictionary(
            f => f.Name,
            f => Path.GetDirectoryName(Path.GetFullPath(f.Path, folder)) ?? folder,
            StringComparer.Ordinal
        );
        return
        [
            ParseConfig,
            new(
                "parse_config_file",
                1,
                (caller, operands) =>
                    operands[0].IsString
                        ? Guarded(() => Whole(ReadFile(operands[0].Utf8.ToString(), caller).Documents))
                        : Answer.WrongType(1, "string", operands[0])
            ),
            new(
                "parse_combined_config_files",
                1,
                (caller, operands) =>
                    operands[0].IsArray
                        ? Guarded(() => Combination.Of(Texts(operands[0]).Select(path => ReadFile(path, caller))))
                        : Answer.WrongType(1, "array", operands[0])
            ),
        ];

        (string Path, IReadOnlyList<Value> Documents) ReadFile(string path, SourceText? caller)
        {
            var beside = caller is not null && folders.TryGetValue(caller.Name, out var found) ? found : folder;
            var full = Path.GetFullPath(path, beside);
            return (Path.GetRelativePath(folder, full), ConfigParser.For(path).Read(path, File.ReadAllBytes(full)));
        }
    }

    /// <summary>Those of a scan: the two that read files end the evaluation, so that their verdict is unknown and no pass.</summary>
    public static IEnumerable<HostBuiltin> OfScan =>
        [ParseConfig, Refused("parse_config_file"), Refused("parse_combined_config_files")];

    private static HostBuiltin ParseConfig { get; } =
        new(
            "parse_config",
            2,
            (_, operands) =>
                !operands[0].IsString ? Answer.WrongType(1, "string", operands[0])
                : !operands[1].IsString ? Answer.WrongType(2, "string", operands[1])
                : Guarded(() =>
                    Whole(ConfigParser.Named(operands[0].Utf8.ToString()).Read("-", operands[1].Utf8.Span.ToArray()))
                )
        );

    private static HostBuiltin Refused(string name) =>
        new(
            name,
            1,
            (caller, _) =>
                throw new RegoException(
                    "eval_builtin_error",
                    $"{name}: expected a policy that reads what is scanned, got one that reads files of its own",
                    caller,
                    default
                )
        );

    private static Answer Guarded(Func<Value> read)
    {
        try
        {
            return read();
        }
        catch (ConftestException wrong)
        {
            return Answer.Invalid(wrong.Message);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Answer.Invalid(refused.Message);
        }
    }

    private static Value Whole(IReadOnlyList<Value> documents) =>
        documents is [var only] ? only : Value.ArrayOf([.. documents]);

    private static IEnumerable<string> Texts(Value array) =>
        Enumerable.Range(0, array.Count).Select(i => array[i].Utf8.ToString());
}
