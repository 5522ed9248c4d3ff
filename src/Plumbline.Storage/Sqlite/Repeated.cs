using Microsoft.Data.Sqlite;

namespace Plumbline.Storage.Sqlite;

/// <summary>A statement that is prepared once and run for many rows: preparing costs several times what running does.</summary>
internal sealed class Repeated : IDisposable
{
    private readonly SqliteCommand command;

    /// <param name="names">The parameters, in the order in which values are given.</param>
    public Repeated(SqliteConnection connection, string sql, params ReadOnlySpan<string> names)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in names)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }
    }

    public void Run(params ReadOnlySpan<object> values)
    {
        Bind(values);
        command.ExecuteNonQuery();
    }

    /// <summary>The first row, or null.</summary>
    public T? First<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object> values)
        where T : class
    {
        Bind(values);
        using var reader = command.ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    public void Dispose() => command.Dispose();

    private void Bind(ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }
}
