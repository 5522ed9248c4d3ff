using System.Globalization;
using System.Runtime;
using Plumbline.Hostile;
using Plumbline.Hostile.Inputs;

// Puts hostile inputs before the program, one after the other, in a process that a test bounds in memory.
//
//     Plumbline.Hostile FROM TO EVERY [SHARED]    every n-th round of the inputs from FROM to before TO
//     Plumbline.Hostile show INDEX [SHARED]       what one of them is, to look at
//
// SHARED is the folder with outside suites.
//
// A line before each input, so that a crash names it, and one after it:
//     start INDEX KIND
//     end INDEX KIND MILLISECONDS PEAK ok           milliseconds of work; KiB of the resident set at its highest so far
//     end INDEX KIND MILLISECONDS PEAK FAULT
// The last line: memory BASE PEAK, in KiB of the resident set, before the first input and at its highest.
if (args[0] == "show")
{
    var shown = new Catalogue(args.ElementAtOrDefault(2))[Number(1)];
    Console.Out.WriteLine($"{shown.Kind} {shown.File} {string.Join(' ', shown.Words)}");
    Console.OpenStandardOutput().Write(shown.Files.Count > 0 ? shown.Files[0].Bytes : []);
    return 0;
}

var (from, to, every) = (Number(0), Number(1), Number(2));
var catalogue = new Catalogue(args.ElementAtOrDefault(3));
using var trial = new Trial();
_ = await trial.RunAsync(HostileInput.Of("yaml", "hostile.yaml", "a: 1\n")); // what is loaded once is no input's doing
var before = ResidentKiB("VmRSS");
for (var index = from; index < to; index++)
{
    if (index / Catalogue.Round % every != 0)
    {
        continue;
    }

    GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
    GC.Collect(); // each input has the heap to itself
    var input = catalogue[index];
    Console.Out.WriteLine($"start {index} {input.Kind}");
    Console.Out.Flush();
    string? fault;
    TimeSpan took;
    try
    {
        (fault, took) = await trial.RunAsync(input);
    }
    catch (TimeoutException)
    {
        Console.Out.WriteLine($"end {index} {input.Kind} 0 {ResidentKiB("VmHWM")} it hangs");
        return 3;
    }

    var text = (fault ?? "ok").ReplaceLineEndings(" ");
    Console.Out.WriteLine(
        $"end {index} {input.Kind} {(long)took.TotalMilliseconds} {ResidentKiB("VmHWM")} {(text.Length > 600 ? text[..600] : text)}"
    );
}

if (await trial.VerifyAsync() is { } broken)
{
    Console.Out.WriteLine($"end -1 ledger 0 0 {broken.ReplaceLineEndings(" ")}");
}

Console.Out.WriteLine($"memory {before} {ResidentKiB("VmHWM")}");
return 0;

int Number(int argument) => int.Parse(args[argument], CultureInfo.InvariantCulture);

// proc(5), /proc/pid/status; 0 where there is none.
static long ResidentKiB(string field)
{
    const string Status = "/proc/self/status";
    var line = File.Exists(Status)
        ? File.ReadLines(Status).FirstOrDefault(l => l.StartsWith($"{field}:", StringComparison.Ordinal))
        : null;
    return line is null
        ? 0
        : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
}
