namespace Plumbline.Exchange.Reports;

/// <summary>A format that an assessment can be handed out in; every format is one file.</summary>
public interface IReport
{
    /// <summary>As it is asked for: <c>--format json</c>.</summary>
    string Name { get; }

    /// <summary>Usual end of a file's name, without the dot.</summary>
    string Extension { get; }

    /// <summary>Writes the whole report. The same model gives the same bytes, whenever and wherever.</summary>
    void Write(ReportModel model, Stream output);
}
