using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>Kinds of tokens. The words between <see cref="In"/> and <see cref="Or"/> are keywords only where a dialect or an import says so.</summary>
internal enum TokenKind : byte
{
    End,
    Illegal,
    Name,

    // Words that are always reserved.
    Package,
    Import,
    As,
    Default,
    Else,
    Not,
    Some,
    With,
    Null,
    True,
    False,

    // Words that are reserved in v1 or by `import future.keywords`; And and Or only by their imports.
    In,
    Every,
    If,
    Contains,
    And,
    Or,

    Number,
    String,
    RawString,

    /// <summary><c>$"</c>; matched with its <see cref="TemplateEnd"/>.</summary>
    Template,

    /// <summary><c>$`</c>; matched with its <see cref="TemplateEnd"/>.</summary>
    RawTemplate,
    TemplateText,
    TemplateOpen,
    TemplateClose,
    TemplateEnd,

    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    LeftParen,
    RightParen,
    Comma,
    Colon,
    Semicolon,
    Dot,

    Assign,
    Unify,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Bar,
    Ampersand,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
}

/// <summary>One token: where it stands, and what it belongs to.</summary>
/// <param name="Match">
/// Of an opening token the index of the closing one, -1 where there is none; of an <see cref="TokenKind.Illegal"/> one the
/// index of its fault.
/// </param>
/// <param name="AfterNewline">A line ended between the token before and this one.</param>
internal readonly record struct Token(
    TokenKind Kind,
    bool AfterNewline,
    int Start,
    int Length,
    int Line,
    int Column,
    int Match
)
{
    public int End => Start + Length;

    public SourceSpan Span => new(Start, Length, Line, Column);
}

/// <summary>What the parser asks about kinds of tokens.</summary>
internal static class TokenKinds
{
    extension(TokenKind kind)
    {
        public bool IsReserved => kind is >= TokenKind.Package and <= TokenKind.False;

        public bool IsOptionalKeyword => kind is >= TokenKind.In and <= TokenKind.Or;

        public bool IsKeyword => kind is >= TokenKind.Package and <= TokenKind.Or;

        /// <summary>Stands between two operands.</summary>
        public bool IsOperator => kind is >= TokenKind.Assign and <= TokenKind.Percent;

        /// <summary>Has its closing token as <see cref="Token.Match"/>.</summary>
        public bool IsOpening =>
            kind
                is TokenKind.LeftBracket
                    or TokenKind.LeftBrace
                    or TokenKind.LeftParen
                    or TokenKind.Template
                    or TokenKind.RawTemplate;

        /// <summary>As OPA's messages name it: <c>unexpected assign token</c>.</summary>
        public string Display =>
            kind switch
            {
                TokenKind.End => "eof token",
                TokenKind.Illegal => "illegal token",
                TokenKind.Name => "identifier token",
                TokenKind.Number => "number token",
                TokenKind.String or TokenKind.RawString => "string token",
                >= TokenKind.Template and <= TokenKind.TemplateEnd => "template-string token",
                TokenKind.LeftBracket => "[ token",
                TokenKind.RightBracket => "] token",
                TokenKind.LeftBrace => "{ token",
                TokenKind.RightBrace => "} token",
                TokenKind.LeftParen => "( token",
                TokenKind.RightParen => ") token",
                TokenKind.Comma => ", token",
                TokenKind.Colon => ": token",
                TokenKind.Semicolon => "; token",
                TokenKind.Dot => ". token",
                TokenKind.Assign => "assign token",
                TokenKind.Unify => "eq token",
                TokenKind.Equal => "equal token",
                TokenKind.NotEqual => "neq token",
                TokenKind.Less => "lt token",
                TokenKind.LessOrEqual => "lte token",
                TokenKind.Greater => "gt token",
                TokenKind.GreaterOrEqual => "gte token",
                TokenKind.Bar => "or token",
                TokenKind.Ampersand => "and token",
                TokenKind.Plus => "plus token",
                TokenKind.Minus => "minus token",
                TokenKind.Star => "mul token",
                TokenKind.Slash => "div token",
                TokenKind.Percent => "rem token",
                _ => $"{kind.Word} keyword",
            };

        /// <summary>The text of a keyword.</summary>
        public string Word =>
            kind switch
            {
                TokenKind.Package => "package",
                TokenKind.Import => "import",
                TokenKind.As => "as",
                TokenKind.Default => "default",
                TokenKind.Else => "else",
                TokenKind.Not => "not",
                TokenKind.Some => "some",
                TokenKind.With => "with",
                TokenKind.Null => "null",
                TokenKind.True => "true",
                TokenKind.False => "false",
                TokenKind.In => "in",
                TokenKind.Every => "every",
                TokenKind.If => "if",
                TokenKind.Contains => "contains",
                TokenKind.And => "and",
                TokenKind.Or => "or",
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "expected a keyword"),
            };

        /// <summary>The keyword that <paramref name="word"/> is, else <see cref="TokenKind.Name"/>.</summary>
        public static TokenKind OfWord(ReadOnlySpan<byte> word) =>
            word.Length switch
            {
                2 => word[0] switch
                {
                    (byte)'i' when word[1] == 'n' => TokenKind.In,
                    (byte)'i' when word[1] == 'f' => TokenKind.If,
                    (byte)'a' when word[1] == 's' => TokenKind.As,
                    (byte)'o' when word[1] == 'r' => TokenKind.Or,
                    _ => TokenKind.Name,
                },
                3 when word.SequenceEqual("not"u8) => TokenKind.Not,
                3 when word.SequenceEqual("and"u8) => TokenKind.And,
                4 => word[0] switch
                {
                    (byte)'s' when word.SequenceEqual("some"u8) => TokenKind.Some,
                    (byte)'w' when word.SequenceEqual("with"u8) => TokenKind.With,
                    (byte)'n' when word.SequenceEqual("null"u8) => TokenKind.Null,
                    (byte)'t' when word.SequenceEqual("true"u8) => TokenKind.True,
                    (byte)'e' when word.SequenceEqual("else"u8) => TokenKind.Else,
                    _ => TokenKind.Name,
                },
                5 when word.SequenceEqual("false"u8) => TokenKind.False,
                5 when word.SequenceEqual("every"u8) => TokenKind.Every,
                6 when word.SequenceEqual("import"u8) => TokenKind.Import,
                7 when word.SequenceEqual("package"u8) => TokenKind.Package,
                7 when word.SequenceEqual("default"u8) => TokenKind.Default,
                8 when word.SequenceEqual("contains"u8) => TokenKind.Contains,
                _ => TokenKind.Name,
            };
    }
}
