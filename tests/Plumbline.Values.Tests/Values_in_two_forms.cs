using CsCheck;

namespace Plumbline.Values.Tests;

/// <summary>What is read lies in the nodes of a document, what is computed in collections; nobody may be able to tell.</summary>
public sealed class A_value_in_a_document_and_the_same_value_built
{
    [Fact]
    public void Are_equal_in_both_directions_and_have_one_hash() =>
        BothForms(
            (built, read) =>
            {
                Assert.Equal(built, read);
                Assert.Equal(read, built);
                Assert.Equal(0, built.CompareTo(read));
                Assert.Equal(0, read.CompareTo(built));
                Assert.Equal(built.GetHashCode(), read.GetHashCode());
            }
        );

    [Fact]
    public void Have_the_same_members_in_the_same_order() =>
        BothForms(
            (built, read) =>
            {
                Assert.Equal(built.Kind, read.Kind);
                Assert.Equal(built.Count, read.Count);
                for (var i = 0; i < built.Count; i++)
                {
                    Assert.Equal(built.KeyAt(i), read.KeyAt(i));
                    Assert.Equal(built[i], read[i]);
                    Assert.Equal(built[i], built[built.KeyAt(i)]);
                    Assert.Equal(read[i], read[read.KeyAt(i)]);
                }
            }
        );

    [Fact]
    public void Have_no_other_members() =>
        Gen.Select(Any.Json, Any.Rego)
            .Sample(
                (value, key) =>
                {
                    var read = Any.InDocument(value);
                    Assert.Equal(value[key], read[key]);
                    Assert.Equal(value["no such key"], Value.Undefined);
                    Assert.Equal(read["no such key"], Value.Undefined);
                    if (value.IsCollection)
                    {
                        Assert.Throws<ArgumentOutOfRangeException>(() => value[value.Count]);
                        Assert.Throws<ArgumentOutOfRangeException>(() => read[value.Count]);
                        Assert.Throws<ArgumentOutOfRangeException>(() => value.KeyAt(-1));
                        Assert.Throws<ArgumentOutOfRangeException>(() => read.KeyAt(-1));
                    }
                }
            );

    [Fact]
    public void Are_written_alike() =>
        BothForms(
            (built, read) =>
            {
                Assert.Equal(built.ToString(), read.ToString());
                Assert.Equal(Jcs.ToText(built), Jcs.ToText(read));
            }
        );

    [Fact]
    public void Compare_with_a_third_alike() =>
        Gen.Select(Any.Json, Any.Rego)
            .Sample(
                (value, other) =>
                {
                    var read = Any.InDocument(value);
                    Assert.Equal(value == other, read == other);
                    Assert.Equal(Math.Sign(value.CompareTo(other)), Math.Sign(read.CompareTo(other)));
                    Assert.Equal(Math.Sign(other.CompareTo(value)), Math.Sign(other.CompareTo(read)));
                }
            );

    [Fact]
    public void Stay_the_same_when_they_are_copied_into_a_document() =>
        Any.Untold.Sample(value =>
        {
            var once = Any.InDocument(value);
            var twice = Any.InDocument(once);
            Assert.Equal(value.HasUnknowns, once.HasUnknowns);
            Assert.Equal(DocumentFile.ToBytes(value), DocumentFile.ToBytes(once));
            Assert.Equal(DocumentFile.ToBytes(value), DocumentFile.ToBytes(twice));
        });

    [Fact]
    public void Know_alike_whether_they_were_told_in_full() =>
        Any.Untold.Sample(value => SameUntold(value, Any.InDocument(value)));

    private static void SameUntold(Value built, Value read)
    {
        Assert.Equal(built.HasUnknowns, read.HasUnknowns);
        Assert.Equal(built.IsOpen, read.IsOpen);
        Assert.Equal(built.Open, read.Open);
        Assert.Equal(built.IsUnknown, read.IsUnknown);
        for (var i = 0; i < built.Count; i++)
        {
            SameUntold(built[i], read[i]);
        }
    }

    private static void BothForms(Action<Value, Value> test) =>
        Any.Json.Sample(built => test(built, Any.InDocument(built)));
}

public sealed class The_order_of_values
{
    [Fact]
    public void Is_total_and_agrees_with_equality_and_hash() =>
        Gen.Select(Any.Rego, Any.Rego, Any.Rego)
            .Sample(
                (a, b, c) =>
                {
                    Assert.Equal(0, a.CompareTo(a));
                    Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
                    Assert.Equal(a == b, a.CompareTo(b) == 0);
                    Assert.True(a != b || a.GetHashCode() == b.GetHashCode());
                    Assert.True(a.CompareTo(b) > 0 || b.CompareTo(c) > 0 || a.CompareTo(c) <= 0);
                },
                iter: 5_000
            );

    [Fact]
    public void Is_that_of_Rego()
    {
        Value[] ordered =
        [
            Value.Null,
            false,
            true,
            Any.Read("-1e400"),
            -1,
            0,
            Any.Read("0.5"),
            1,
            Any.Read("1e400"),
            "",
            "A",
            "a",
            "é",
            "\uffff",
            "😀", // by code point, unlike UTF-16
            Value.EmptyArray,
            Value.ArrayOf(1),
            Value.ArrayOf(1, 1),
            Value.ArrayOf(2),
            Value.EmptyObject,
            Any.Object([("a", 1)]),
            Any.Object([("b", 0), ("a", 1)]),
            Any.Object([("a", 2)]),
            Any.Object([("b", 0)]),
            Value.EmptySet,
            Any.Set([1]),
            Any.Set([2, 1]),
            Any.Set([2]),
        ];
        for (var i = 0; i < ordered.Length; i++)
        {
            for (var j = 0; j < ordered.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(ordered[i].CompareTo(ordered[j])));
            }
        }
    }

    [Fact]
    public void Puts_unknowns_last_by_what_is_shown_and_equal_ones_as_they_came()
    {
        var (a, b) = (
            new Unknown { Id = "var.a", Cause = "variable" },
            new Unknown { Id = "var.b", Cause = "variable" }
        );
        var (fresh, other) = (new Unknown { Cause = "lost page" }, new Unknown { Cause = "lost page" });
        var set = Any.Set([Value.Of(b), Value.Of(fresh), Value.Of(a), Value.EmptySet, Value.Of(other)]);
        Assert.Equal(
            "{set(), ‹unknown: lost page›, ‹unknown: lost page›, ‹unknown: var.a›, ‹unknown: var.b›}",
            set.ToString()
        );
        var order = Comparing.Order(set);
        Assert.Equal([3, 1, 4, 2, 0], order);
    }
}

public sealed class An_unknown
{
    [Fact]
    public void Equals_what_has_the_same_id_and_one_without_an_id_only_itself()
    {
        Value Named(string id) => Value.Of(new Unknown { Id = id, Cause = "variable" });
        Value Fresh() => Value.Of(new Unknown { Cause = "variable" });
        var fresh = Fresh();
        Assert.Equal(Named("var.a"), Named("var.a"));
        Assert.Equal(Named("var.a").GetHashCode(), Named("var.a").GetHashCode());
        Assert.NotEqual(Named("var.a"), Named("var.b"));
        Assert.Equal(fresh, fresh);
        Assert.NotEqual(fresh, Fresh());
        Assert.NotEqual(fresh, Value.Null);
    }

    [Fact]
    public void Makes_a_key_that_is_found_by_its_id_among_few_and_among_many()
    {
        foreach (var others in new[] { 2, 200 })
        {
            var builder = new ObjectBuilder();
            for (var i = 0; i < others; i++)
            {
                builder[$"key{i}"] = i;
            }

            builder[Value.Of(new Unknown { Id = "var.a", Cause = "variable" })] = "named";
            builder[Value.Of(new Unknown { Cause = "variable" })] = "fresh";
            var value = builder.ToValue();
            Assert.Equal(others + 2, value.Count);
            Assert.Equal("named", value[Value.Of(new Unknown { Id = "var.a", Cause = "computed" })]);
            Assert.True(value[Value.Of(new Unknown { Cause = "variable" })].IsUndefined);
            Assert.Equal(others - 1, value[$"key{others - 1}"]);
            Assert.True(value.HasUnknowns);
        }
    }
}

public sealed class An_open_collection
{
    [Fact]
    public void Equals_itself_alone_since_nobody_knows_what_else_is_in_another()
    {
        var (one, other) = (Any.Array([1], new OpenMark("lost page")), Any.Array([1], new OpenMark("lost page")));
        Assert.Equal(one, one);
        Assert.NotEqual(one, other);
        Assert.NotEqual(one, Value.ArrayOf(1));
        Assert.NotEqual(Value.ArrayOf(1), one);
    }

    [Fact]
    public void Is_no_empty_collection()
    {
        Assert.True(
            new ArrayBuilder { Open = new OpenMark("denied") }
                .Build()
                .IsOpen
        );
        Assert.True(
            new ObjectBuilder { Open = new OpenMark("denied") }
                .ToValue()
                .HasUnknowns
        );
        Assert.Equal(
            "{…}",
            new SetBuilder { Open = new OpenMark("denied") }
                .ToValue()
                .ToString()
        );
    }
}

public sealed class Collections_with_keys_that_a_stranger_chose
{
    /// <summary>Under a fixed hash (high word xor low word) all of these would fall into one slot and the test would not end in time.</summary>
    [Fact]
    public void Do_not_collide()
    {
        var set = new SetBuilder();
        for (var i = 0L; i < 200_000; i++)
        {
            set.Add((i << 32) | i);
        }

        Assert.Equal(200_000, set.Count);
    }

    [Fact]
    public void Hash_to_many_slots_whatever_their_pattern()
    {
        Func<long, Value>[] patterns =
        [
            i => i,
            i => i << 40,
            i => (i << 32) | i,
            i => $"{i:x16}",
            i => $"{i:x40}",
            i => Any.Read($"{i}.5"),
            i => Value.ArrayOf(i, 0),
            i => Any.Object([("a", i)]),
        ];
        foreach (var pattern in patterns)
        {
            var slots = Enumerable.Range(0, 10_000).Select(i => pattern(i).GetHashCode() & 0xFFFF).Distinct().Count();
            Assert.True(slots > 8_000, $"{pattern(1)}: {slots} slots"); // by chance about 9,270
        }
    }
}
