namespace Plumbline.Architecture.Tests;

public sealed class The_house
{
    [Fact]
    public void Has_only_rooms_that_the_picture_shows() =>
        Assert.Equal(
            House.Floors.SelectMany(rooms => rooms).Select(room => $"Plumbline.{room}").Order(StringComparer.Ordinal),
            House.Rooms.Select(room => room.Name)
        );

    [Fact]
    public void Has_arrows_that_point_down_only()
    {
        var wrong =
            from room in House.Rooms
            from reference in room.References
            where !(House.FloorOf(reference) > House.FloorOf(room.Name))
            select $"{room.Name} -> {reference}";

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Plumbline.Values")]
    [InlineData("Plumbline.Rego")]
    [InlineData("Plumbline.Ledger", "NSec.Cryptography")] // .NET has no Ed25519
    [InlineData("Plumbline.Core")]
    public void Keeps_packages_out_of_its_engines(string name, params string[] allowed) =>
        Assert.Equal(allowed, Room(name).Packages);

    [Fact]
    public void Shows_internals_to_tests_and_benchmarks_only()
    {
        string[] guests = ["Plumbline.Benchmarks", "Plumbline.Conformance", "Plumbline.Hostile"];
        var wrong =
            from room in House.Rooms
            from friend in room.Friends
            where friend != $"{room.Name}.Tests" && !guests.Contains(friend)
            select $"{room.Name} -> {friend}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Has_every_room_mirrored_by_tests() =>
        Assert.Empty(House.Rooms.Select(room => $"{room.Name}.Tests").Except(House.Tests.Select(tests => tests.Name)));

    [Fact]
    public void Has_every_project_in_the_solution() =>
        Assert.Equal(
            House.Rooms.Concat(House.Tests).Select(project => project.Path),
            House
                .Solution.Where(path => !path.StartsWith("bench/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );

    private static Project Room(string name) => House.Rooms.Single(room => room.Name == name);
}
