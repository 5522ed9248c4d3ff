namespace Plumbline.Cli;

/// <summary>Exit codes of our own verbs (CONTRACTS §8): wrong input, else gate or verification failed, else incomplete, else fine.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    public const int Failed = 1;

    public const int WrongInput = 2;

    public const int Incomplete = 3;
}
