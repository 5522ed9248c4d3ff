using System.Xml;
using Plumbline.Policies.Conftest;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary>JUnit's XML: a suite for each package, <c>conftest.main</c>, a case for each result.</summary>
internal static class JUnitOutput
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Indent = true,
        IndentChars = "\t",
        NewLineChars = "\n",
        CloseOutput = false,
        OmitXmlDeclaration = true, // a writer of text would declare its own encoding
    };

    private enum Kind
    {
        Success,
        Skipped,
        Failure,
    }

    public static void Write(IReadOnlyList<CheckResult> results, OutputOptions options, TextWriter output)
    {
        output.WriteLine("""<?xml version="1.0" encoding="UTF-8"?>""");
        using (var xml = XmlWriter.Create(output, Settings))
        {
            xml.WriteStartElement("testsuites");
            foreach (var package in results.GroupBy(r => r.Namespace, StringComparer.Ordinal))
            {
                WriteSuite(xml, $"conftest.{package.Key}", [.. package.SelectMany(Cases)], options);
            }

            xml.WriteEndElement();
        }

        output.WriteLine();
    }

    private static IEnumerable<(string File, Kind Kind, string Message)> Cases(CheckResult result) =>
        [
            .. result.Warnings.Concat(result.Failures).Select(m => (result.FileName, Kind.Failure, m.Message)),
            .. result.Skipped.Select(m => (result.FileName, Kind.Skipped, m.Message)),
            .. Enumerable.Repeat((result.FileName, Kind.Success, ""), result.Successes),
        ];

    private static void WriteSuite(
        XmlWriter xml,
        string name,
        IReadOnlyList<(string File, Kind Kind, string Message)> cases,
        OutputOptions options
    )
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("tests", XmlConvert.ToString(cases.Count));
        xml.WriteAttributeString("failures", XmlConvert.ToString(cases.Count(c => c.Kind == Kind.Failure)));
        xml.WriteAttributeString("time", "0.000");
        xml.WriteAttributeString("name", name);
        foreach (var (file, kind, message) in cases)
        {
            var summary = message.Split('\n')[0];
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", name);
            xml.WriteAttributeString(
                "name",
                options.HidesMessages || summary.Length == 0 ? file : $"{file} - {Clean(summary)}"
            );
            xml.WriteAttributeString("time", "0.000");
            WriteOutcome(xml, kind, Clean(message));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteOutcome(XmlWriter xml, Kind kind, string message)
    {
        if (kind == Kind.Failure)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", "Failed");
            xml.WriteAttributeString("type", "");
            xml.WriteString(message);
            xml.WriteEndElement();
        }
        else if (kind == Kind.Skipped)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", message);
            xml.WriteEndElement();
        }
    }

    /// <summary>Without characters that XML 1.0 cannot hold, however they are written.</summary>
    private static string Clean(string text) =>
        string.Concat(Shown.Of(text).Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'));
}
