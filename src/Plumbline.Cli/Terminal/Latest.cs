namespace Plumbline.Cli.Terminal;

/// <summary>Keeps the last report of progress, for whoever looks.</summary>
internal sealed class Latest<T> : IProgress<T>
{
    public T Value { get; private set; } = default!;

    public void Report(T value) => Value = value;
}
