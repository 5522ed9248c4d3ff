using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Plumbline.Architecture.Tests;

/// <summary>Writes what an assembly promises: one line per public or protected type and member, in ordinal order.</summary>
/// <remarks>
/// Long because it is one thing: C#'s declarations read back from metadata. Left out is what nobody wrote (a record's equality)
/// and what only overrides (it was promised by the base).
/// </remarks>
internal static class Surface
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static;

    /// <summary>Every visible type of the assembly, a blank line between them.</summary>
    public static string Of(Assembly assembly) =>
        string.Join(
            '\n',
            assembly
                .GetExportedTypes()
                .Where(type => !type.Name.Contains('<', StringComparison.Ordinal)) // the compiler's own
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .Select(type => $"{(type.Namespace is { } name ? $"[{name}] " : "")}{Of(type)}")
        );

    /// <summary>One type: its declaration, then its members.</summary>
    public static string Of(Type type)
    {
        var text = new StringBuilder().Append(Declaration(type)).Append('\n');
        if (type.IsEnum || IsDelegate(type))
        {
            foreach (var name in type.IsEnum ? Enum.GetNames(type) : [])
                text.Append($"    {name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}\n");
            return text.ToString();
        }
        foreach (var (_, line) in Members(type).OrderBy(m => m.Order).ThenBy(m => m.Line, StringComparer.Ordinal))
            text.Append("    ").Append(line).Append('\n');
        return text.ToString();
    }

    private static string Declaration(Type type)
    {
        if (IsDelegate(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"delegate {Name(type)}({Parameters(invoke)}) : {Result(invoke)}{Constraints(type.GetGenericArguments())}";
        }
        if (type.IsEnum)
            return $"enum {Name(type)} : {Name(Enum.GetUnderlyingType(type))}";

        var isRecord = type.GetMethods(Declared).Any(m => m.Name is "<Clone>$" or "PrintMembers" && IsGenerated(m));
        var kind = (type.IsInterface, type.IsValueType, isRecord) switch
        {
            (true, _, _) => "interface",
            (_, true, true) => "record struct",
            (_, true, _) => "struct",
            (_, _, true) => "record",
            _ => "class",
        };
        var modifiers = (type.IsValueType, type.IsInterface, type.IsAbstract, type.IsSealed) switch
        {
            (true, _, _, _) => (IsMarked(type, "IsReadOnlyAttribute") ? "readonly " : "")
                + (type.IsByRefLike ? "ref " : ""),
            (_, true, _, _) => "",
            (_, _, true, true) => "static ",
            (_, _, true, _) => "abstract ",
            (_, _, _, true) => "sealed ",
            _ => "",
        };
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var interfaces = type.GetInterfaces()
            .Except(inherited)
            .Where(i => i.IsVisible && !(isRecord && i.Name == "IEquatable`1"))
            .Select(i => Name(i))
            .Order(StringComparer.Ordinal);
        string[] bases =
        [
            .. type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)
                ? [Name(parent)]
                : (string[])[],
            .. interfaces,
        ];
        var colon = bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}";
        return $"{modifiers}{kind} {Name(type)}{colon}{Constraints(type.GetGenericArguments())}";
    }

    private static IEnumerable<(int Order, string Line)> Members(Type type)
    {
        var accessors = new HashSet<MethodInfo>();
        foreach (var property in type.GetProperties(Declared))
        {
            accessors.UnionWith(property.GetAccessors(nonPublic: true));
            if (!IsGenerated(property) && Property(property) is { } line)
                yield return (property.GetIndexParameters().Length > 0 ? 3 : 4, line);
        }
        foreach (var happening in type.GetEvents(Declared))
        {
            accessors.UnionWith([happening.AddMethod!, happening.RemoveMethod!]);
            if (IsVisible(happening.AddMethod))
                yield return (
                    2,
                    $"{Modifiers(happening.AddMethod!)}event {Name(new NullabilityInfoContext().Create(happening))} {happening.Name}"
                );
        }
        foreach (var field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
            yield return (1, Field(field));
        foreach (
            var constructor in type.GetConstructors(Declared).Where(c => IsVisible(c) && !c.IsStatic && !IsGenerated(c))
        )
            yield return (0, $"{Modifiers(constructor)}{Name(type, ownArguments: false)}({Parameters(constructor)})");
        foreach (
            var method in type.GetMethods(Declared)
                .Where(m => IsVisible(m) && !IsGenerated(m) && !accessors.Contains(m))
        )
        {
            if (method.GetBaseDefinition() == method)
                yield return Method(method);
        }
    }

    private static string? Property(PropertyInfo property)
    {
        var get = IsVisible(property.GetMethod) ? property.GetMethod : null;
        var set = IsVisible(property.SetMethod) ? property.SetMethod : null;
        if ((get ?? set) is not { } accessor || accessor.GetBaseDefinition() != accessor)
            return null;
        var isInit = set?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var written = set is null ? "" : $"{Narrower(set, accessor)}{(isInit ? "init" : "set")}; ";
        return $"{(IsMarked(property, "RequiredMemberAttribute") ? "required " : "")}{Modifiers(accessor)}{name} : "
            + $"{ByRef(accessor.ReturnParameter, property.PropertyType)}{Name(new NullabilityInfoContext().Create(property))} "
            + $"{{ {(get is null ? "" : "get; ")}{written}}}";
    }

    private static string Narrower(MethodInfo set, MethodInfo other) =>
        set.IsPublic == other.IsPublic ? "" : Modifiers(set).Split(' ')[0] + " ";

    private static string Field(FieldInfo field)
    {
        var type = Name(new NullabilityInfoContext().Create(field));
        var access = field.IsPublic ? "" : "protected ";
        if (field.IsLiteral)
            return $"{access}const {type} {field.Name} = {Literal(field.FieldType, field.GetRawConstantValue())}";
        return $"{access}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static (int Order, string Line) Method(MethodInfo method)
    {
        var generic = method.GetGenericArguments();
        var name = method.Name + (generic.Length == 0 ? "" : $"<{string.Join(", ", generic.Select(g => g.Name))}>");
        if (method.Name is "op_Implicit" or "op_Explicit")
            return (5, $"static {method.Name[3..].ToLowerInvariant()} operator {Result(method)}({Parameters(method)})");
        var isExtension = IsMarked(method, "ExtensionAttribute");
        return (
            method.IsSpecialName ? 5 : 6,
            $"{Modifiers(method)}{name}({(isExtension ? "this " : "")}{Parameters(method)}) : {Result(method)}{Constraints(generic)}"
        );
    }

    private static string Modifiers(MethodBase method)
    {
        var access = method.IsPublic ? "" : "protected ";
        if (method.DeclaringType!.IsInterface)
            return access + (method.IsStatic ? "static " : "");
        var dispatch = (method.IsStatic, method.IsAbstract, method.IsVirtual && !method.IsFinal) switch
        {
            (true, _, _) => "static ",
            (_, true, _) => "abstract ",
            (_, _, true) => "virtual ",
            _ => "",
        };
        return access + dispatch;
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier =
            parameter.IsOut ? "out "
            : parameter.IsIn ? "in "
            : parameter.ParameterType.IsByRef ? "ref "
            : parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute))
                ? "params "
            : "";
        var fallback = parameter.HasDefaultValue
            ? $" = {Literal(parameter.ParameterType, parameter.RawDefaultValue)}"
            : "";
        return $"{modifier}{Name(new NullabilityInfoContext().Create(parameter))} {parameter.Name}{fallback}";
    }

    private static string Result(MethodInfo method) =>
        ByRef(method.ReturnParameter, method.ReturnType)
        + Name(new NullabilityInfoContext().Create(method.ReturnParameter));

    private static string ByRef(ParameterInfo result, Type type) =>
        !type.IsByRef ? ""
        : IsMarked(result, "IsReadOnlyAttribute") ? "ref readonly "
        : "ref ";

    private static string Constraints(Type[] parameters)
    {
        var all = new StringBuilder();
        foreach (var parameter in parameters.Where(p => p.IsGenericParameter))
        {
            var flags = parameter.GenericParameterAttributes;
            var isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
            string[] parts =
            [
                .. flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? ["class"] : (string[])[],
                .. isStruct ? ["struct"] : (string[])[],
                .. parameter.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(c => Name(c)),
                .. flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct
                    ? ["new()"]
                    : (string[])[],
                .. flags.HasFlag(GenericParameterAttributes.AllowByRefLike) ? ["allows ref struct"] : (string[])[],
            ];
            if (parts.Length > 0)
                all.Append($" where {parameter.Name} : {string.Join(", ", parts)}");
        }
        return all.ToString();
    }

    private static string Literal(Type type, object? value) =>
        value switch
        {
            null or DBNull => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
            string text => $"\"{text.Replace("\\", @"\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"",
            char letter => $"'{letter}'",
            bool truth => truth ? "true" : "false",
            _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } kind =>
                $"{Name(kind)}.{Enum.ToObject(kind, value)}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        };

    /// <summary>A type with what is known of its nullability, e.g. <c>IReadOnlyList&lt;string?&gt;?</c>.</summary>
    private static string Name(NullabilityInfo info)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return (info.GenericTypeArguments is [var inner] ? Name(inner) : Name(value)) + "?";
        var name = type switch
        {
            { IsArray: true } =>
                $"{(info.ElementType is { } element ? Name(element) : Name(type.GetElementType()!))}[{new string(',', type.GetArrayRank() - 1)}]",
            { IsGenericType: true } when info.GenericTypeArguments.Length == type.GetGenericArguments().Length => Name(
                type,
                arguments: [.. info.GenericTypeArguments.Select(Name)]
            ),
            _ => Name(type),
        };
        var isNull = info.ReadState == NullabilityState.Nullable || info.WriteState == NullabilityState.Nullable;
        return isNull && !type.IsValueType ? name + "?" : name;
    }

    /// <summary>A type as C# writes it, without namespace, with the types it is nested in.</summary>
    private static string Name(Type type, bool ownArguments = true, string[]? arguments = null)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsPointer)
            return Name(type.GetElementType()!) + "*";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (Keyword(type) is { } keyword)
            return keyword;

        arguments ??= [.. type.GetGenericArguments().Select(argument => Name(argument))];
        var simple = type.Name.Split('`')[0];
        if (!ownArguments)
            return simple;

        var outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var own = arguments.Length > outer ? $"<{string.Join(", ", arguments[outer..])}>" : "";
        return (type.DeclaringType is { } parent ? Name(parent, arguments: arguments[..outer]) + "." : "")
            + simple
            + own;
    }

    private static string? Keyword(Type type) =>
        type.IsEnum ? null
        : type == typeof(object) ? "object"
        : type == typeof(void) ? "void"
        : type == typeof(nint) ? "nint"
        : type == typeof(nuint) ? "nuint"
        : Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => "bool",
            TypeCode.Byte => "byte",
            TypeCode.SByte => "sbyte",
            TypeCode.Char => "char",
            TypeCode.Int16 => "short",
            TypeCode.UInt16 => "ushort",
            TypeCode.Int32 => "int",
            TypeCode.UInt32 => "uint",
            TypeCode.Int64 => "long",
            TypeCode.UInt64 => "ulong",
            TypeCode.Single => "float",
            TypeCode.Double => "double",
            TypeCode.Decimal => "decimal",
            TypeCode.String => "string",
            _ => null,
        };

    private static bool IsDelegate(Type type) => typeof(Delegate).IsAssignableFrom(type.BaseType);

    private static bool IsVisible(MethodBase? method) =>
        method is { } m && (m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly);

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    /// <summary>By name, since the compiler emits some of these into the assembly itself.</summary>
    private static bool IsMarked(ICustomAttributeProvider member, string attribute) =>
        member.GetCustomAttributes(inherit: false).Any(found => found.GetType().Name == attribute);
}
