using Microsoft.Data.Sqlite;

namespace Plumbline.Storage.Sqlite;

/// <summary>The few shapes in which statements are run. A mapper was tried and cost 26 ms of start-up, seven times the query.</summary>
internal static class Sql
{
    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public static int Run(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> with
    )
    {
        using var command = connection.Statement(sql, with);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first row, or null.</summary>
    public static T? First<T>(
        this SqliteConnection connection,
        string sql,
        Func<SqliteDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> with
    )
        where T : class
    {
        using var command = connection.Statement(sql, with);
        using var reader = command.ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>A single number; null where there is no row or the value is null.</summary>
    public static long? Number(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> with
    )
    {
        using var command = connection.Statement(sql, with);
        return command.ExecuteScalar() as long?;
    }

    /// <summary>Every row, read before the method returns.</summary>
    public static List<T> All<T>(
        this SqliteConnection connection,
        string sql,
        Func<SqliteDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> with
    )
    {
        using var command = connection.Statement(sql, with);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    public static byte[] Bytes(this SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static string? TextOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static SqliteCommand Statement(
        this SqliteConnection connection,
        string sql,
        ReadOnlySpan<(string Name, object? Value)> with
    )
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in with)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }
        return command;
    }
}
