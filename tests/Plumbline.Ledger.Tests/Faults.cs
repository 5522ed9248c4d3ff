namespace Plumbline.Ledger.Tests;

internal static class Faults
{
    public static LedgerException Expect(LedgerFault fault, Action act)
    {
        var thrown = Assert.Throws<LedgerException>(act);
        Assert.Equal(fault, thrown.Fault);
        return thrown;
    }

    /// <summary>Whether the action ends well or in the one documented exception; any other passes through and fails the test.</summary>
    public static bool Refuses(Action act)
    {
        try
        {
            act();
            return false;
        }
        catch (LedgerException)
        {
            return true;
        }
    }
}
